/// Which numbers of a storage a tensor shows: index (i, j, …) is the number at offset + i·stride₀ + j·stride₁ + ….
public struct TensorLayout: Sendable, Equatable {
  /// Extents, outermost first; none for a single number.
  public let shape: [Int]
  /// Steps along each extent, in numbers.
  public let strides: [Int]
  /// The first number's place in the storage, in numbers.
  public let offset: Int
  /// How many numbers there are.
  public let count: Int

  /// Why extents, strides and offset make no sense.
  struct Fault: Error {
    let reason: String
  }

  /// More extents than this no tensor has; PyTorch's own limit.
  static let greatestRank = 64

  /// A layout of a storage of `available` numbers; row-major without `strides`. Throws ``Fault`` if any index would
  /// leave the storage, or if the layout shows more numbers than there are, so that no file stands for more memory
  /// than it takes.
  init(shape: [Int], strides: [Int]? = nil, offset: Int = 0, available: Int) throws(Fault) {
    guard shape.count <= Self.greatestRank else {
      throw Fault(reason: "\(shape.count) extents; at most \(Self.greatestRank) are allowed")
    }
    guard shape.allSatisfy({ $0 >= 0 }) else {
      throw Fault(reason: "a negative extent in the shape \(shape)")
    }
    // Zeros count as ones here, so that no order of extents hides an overflow.
    var product = 1
    for extent in shape {
      let (next, overflows) = product.multipliedReportingOverflow(by: max(1, extent))
      guard !overflows else { throw Fault(reason: "a shape of \(shape) overflows") }
      product = next
    }
    count = shape.contains(0) ? 0 : product
    let strides = strides ?? Self.rowMajor(shape)
    guard strides.count == shape.count else {
      throw Fault(reason: "\(strides.count) strides for \(shape.count) extents")
    }
    guard strides.allSatisfy({ $0 >= 0 }) else { throw Fault(reason: "a negative stride in \(strides)") }
    guard offset >= 0 else { throw Fault(reason: "a negative offset of \(offset)") }
    self.shape = shape
    self.strides = strides
    self.offset = count == 0 ? 0 : offset
    guard count > 0 else { return }
    let last = Self.last(shape: shape, strides: strides, offset: offset)
    guard let last, last < available else {
      let end = last.map { "at \($0)" } ?? "beyond all bounds"
      throw Fault(
        reason:
          "shape \(shape), strides \(strides) and offset \(offset) end \(end) in a storage of \(available) numbers"
      )
    }
    guard count <= available else {
      throw Fault(
        reason: "shape \(shape) repeats the \(available) numbers of its storage, which is not allowed")
    }
  }

  private init(shape: [Int], strides: [Int], offset: Int, count: Int) {
    self.shape = shape
    self.strides = strides
    self.offset = offset
    self.count = count
  }

  /// Whether the numbers lie in row-major order without gap.
  var isContiguous: Bool {
    count == 0 || zip(zip(shape, strides), Self.rowMajor(shape)).allSatisfy { $0.0 == 1 || $0.1 == $1 }
  }

  /// The same numbers with the extents in another order: extent `order[i]` becomes extent i.
  func permuted(_ order: [Int]) -> TensorLayout {
    precondition(order.sorted() == Array(shape.indices), "each extent must be named once")
    return TensorLayout(
      shape: order.map { shape[$0] }, strides: order.map { strides[$0] }, offset: offset, count: count)
  }

  /// The steps of a tensor whose last extent runs fastest; its count must not overflow.
  private static func rowMajor(_ shape: [Int]) -> [Int] {
    var strides = [Int](repeating: 1, count: shape.count)
    for index in shape.indices.dropLast().reversed() {
      strides[index] = strides[index + 1] * max(1, shape[index + 1])
    }
    return strides
  }

  /// The place of the last number, or `nil` if it overflows.
  private static func last(shape: [Int], strides: [Int], offset: Int) -> Int? {
    var last = offset
    for (extent, stride) in zip(shape, strides) {
      let (step, overflows) = (extent - 1).multipliedReportingOverflow(by: stride)
      let (sum, exceeds) = last.addingReportingOverflow(step)
      guard !overflows, !exceeds else { return nil }
      last = sum
    }
    return last
  }
}
