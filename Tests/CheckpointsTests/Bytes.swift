extension FixedWidthInteger {
  /// The number's bytes, the least significant first.
  var littleEndianBytes: [UInt8] { withUnsafeBytes(of: littleEndian) { Array($0) } }
  /// The number's bytes, the most significant first.
  var bigEndianBytes: [UInt8] { littleEndianBytes.reversed() }
}
