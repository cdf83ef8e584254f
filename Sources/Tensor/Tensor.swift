/// A dense block of single-precision numbers in row-major order, such as pictures of shape N×C×H×W.
public struct Tensor: Sendable, Equatable {
  /// The extent of each dimension, outermost first.
  public let shape: [Int]
  /// The numbers, last dimension fastest; as many as the product of ``shape``.
  public var values: [Float]

  /// A tensor filled with one number.
  public init(shape: [Int], repeating value: Float = 0) {
    self.shape = shape
    values = [Float](repeating: value, count: shape.reduce(1, *))
  }

  /// A tensor of given numbers; `nil` if their count isn't the product of `shape`.
  public init?(shape: [Int], values: [Float]) {
    guard shape.reduce(1, *) == values.count else { return nil }
    self.shape = shape
    self.values = values
  }

  /// How many numbers it holds.
  public var count: Int { values.count }
}
