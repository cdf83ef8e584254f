/// A block of numbers that lives as long as this object.
final class FloatMemory: @unchecked Sendable {
  let values: UnsafeMutableBufferPointer<Float>

  /// Memory without content.
  init(count: Int) { values = .allocate(capacity: count) }

  deinit { values.deallocate() }
}
