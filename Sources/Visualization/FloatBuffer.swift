/// Memory for numbers that lives as long as this object: made once before an ascent, never in its steps.
final class FloatBuffer {
  let values: UnsafeMutableBufferPointer<Float>

  /// `count` zeros.
  init(count: Int) {
    values = .allocate(capacity: count)
    values.initialize(repeating: 0)
  }

  /// A copy of numbers.
  convenience init(_ numbers: [Float]) {
    self.init(count: numbers.count)
    fill(numbers)
  }

  deinit { values.deallocate() }

  var count: Int { values.count }

  /// The first number. A buffer always holds at least one, so that it has an address.
  var start: UnsafeMutablePointer<Float> {
    guard let address = values.baseAddress else { preconditionFailure("an empty buffer has no start") }
    return address
  }

  /// The numbers as an array of their own.
  var array: [Float] { Array(values) }

  func fill(_ numbers: [Float]) {
    precondition(numbers.count == count, "\(numbers.count) numbers don't fill a buffer of \(count)")
    _ = values.update(fromContentsOf: numbers)
  }

  func clear() { values.update(repeating: 0) }
}

/// The first number of memory that is known to hold some.
func start(of memory: UnsafeBufferPointer<Float>) -> UnsafePointer<Float> {
  guard let address = memory.baseAddress else { preconditionFailure("an empty buffer has no start") }
  return address
}

/// The first number of memory that is known to hold some.
func start(of memory: UnsafeMutableBufferPointer<Float>) -> UnsafeMutablePointer<Float> {
  guard let address = memory.baseAddress else { preconditionFailure("an empty buffer has no start") }
  return address
}
