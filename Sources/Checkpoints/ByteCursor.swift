/// Reads little-endian numbers from bytes, never beyond their end.
struct ByteCursor {
  let bytes: UnsafeRawBufferPointer
  /// The next byte.
  private(set) var offset: Int

  /// A cursor at a place of some bytes, which must outlive it.
  init(_ bytes: UnsafeRawBufferPointer, at offset: Int = 0) {
    self.bytes = bytes
    self.offset = min(max(0, offset), bytes.count)
  }

  /// How many bytes are left.
  var remaining: Int { bytes.count - offset }

  /// Takes a number, or gives `nil` if too few bytes are left.
  mutating func number<Number: FixedWidthInteger>(_ type: Number.Type) -> Number? {
    guard remaining >= MemoryLayout<Number>.size else { return nil }
    defer { offset += MemoryLayout<Number>.size }
    return Number(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Number.self))
  }

  /// Takes so many bytes, or gives `nil` if too few are left.
  mutating func take(_ count: Int) -> UnsafeRawBufferPointer? {
    guard count >= 0, count <= remaining else { return nil }
    defer { offset += count }
    return UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + count])
  }

  /// Takes the bytes before the next line feed, and the line feed.
  mutating func line() -> UnsafeRawBufferPointer? {
    guard let end = bytes[offset...].firstIndex(of: 0x0A) else { return nil }
    defer { offset = end + 1 }
    return UnsafeRawBufferPointer(rebasing: bytes[offset..<end])
  }
}
