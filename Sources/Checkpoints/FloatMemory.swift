/// A block of numbers that lives as long as this object.
public final class FloatMemory: @unchecked Sendable {
  /// The numbers.
  public let values: UnsafeMutableBufferPointer<Float>

  /// Memory without content.
  public init(count: Int) { values = .allocate(capacity: count) }

  deinit { values.deallocate() }
}
