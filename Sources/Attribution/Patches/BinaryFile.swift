import Foundation

/// Collects little-endian numbers and texts.
struct BinaryWriter {
  private(set) var data = Data()

  mutating func number(_ value: some FixedWidthInteger) {
    withUnsafeBytes(of: value.littleEndian) { data.append(contentsOf: $0) }
  }

  mutating func number(_ value: Float) { number(value.bitPattern) }

  mutating func number(_ value: Double) { number(value.bitPattern) }

  /// A count as 32 bits.
  mutating func count(_ value: Int) { number(UInt32(truncatingIfNeeded: value)) }

  /// A count of bytes, and a text in UTF-8.
  mutating func text(_ value: String) {
    count(value.utf8.count)
    data.append(contentsOf: value.utf8)
  }

  mutating func bytes(_ value: some Sequence<UInt8>) { data.append(contentsOf: value) }
}

/// Reads what ``BinaryWriter`` has written, and throws rather than read beyond the end.
struct BinaryReader {
  /// Bytes that aren't what they should be.
  struct Fault: Error, Equatable {
    let reason: String
  }

  private let bytes: UnsafeRawBufferPointer
  private var offset = 0

  /// The bytes must outlive the reader.
  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  var remaining: Int { bytes.count - offset }

  mutating func number<Number: FixedWidthInteger>(_ type: Number.Type) throws(Fault) -> Number {
    try Number(littleEndian: take(MemoryLayout<Number>.size).loadUnaligned(as: Number.self))
  }

  mutating func float() throws(Fault) -> Float { Float(bitPattern: try number(UInt32.self)) }

  mutating func double() throws(Fault) -> Double { Double(bitPattern: try number(UInt64.self)) }

  /// A count of things, each of which takes at least so many bytes of what follows.
  mutating func count(ofBytes size: Int) throws(Fault) -> Int {
    let count = Int(try number(UInt32.self))
    guard count <= remaining / max(1, size) else { throw Fault(reason: "it claims more than it holds") }
    return count
  }

  mutating func text() throws(Fault) -> String {
    let bytes = try take(count(ofBytes: 1))
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Fault(reason: "a text in it is no UTF-8")
    }
    return text
  }

  mutating func take(_ count: Int) throws(Fault) -> UnsafeRawBufferPointer {
    guard count >= 0, count <= remaining else { throw Fault(reason: "it ends too early") }
    defer { offset += count }
    return UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + count])
  }
}
