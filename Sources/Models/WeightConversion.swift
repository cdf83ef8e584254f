/// Turns stored numbers into single precision, and finds those that aren't finite.
enum WeightConversion {
  /// Converts little-endian numbers of any alignment; `false` if the type isn't a float of 16, 32 or 64 bits.
  static func convert(
    _ bytes: UnsafeRawBufferPointer, as type: ElementType, to target: UnsafeMutableBufferPointer<Float>
  ) -> Bool {
    switch type {
    case .float16:
      each(bytes, target) { (bits: UInt16) in single(half: bits) }
    case .bfloat16:
      each(bytes, target) { (bits: UInt16) in Float(bitPattern: UInt32(UInt16(littleEndian: bits)) << 16) }
    case .float32:
      each(bytes, target) { (bits: UInt32) in Float(bitPattern: UInt32(littleEndian: bits)) }
    case .float64:
      each(bytes, target) { (bits: UInt64) in Float(Double(bitPattern: UInt64(littleEndian: bits))) }
    default: return false
    }
    return true
  }

  /// A half-precision number. Its exponent is rebiased by a multiplication, which also gets the subnormal ones
  /// right, and vectorizes on processors that lack the conversion.
  private static func single(half bits: UInt16) -> Float {
    let bits = UInt32(UInt16(littleEndian: bits))
    let magnitude = bits & 0x7FFF
    let scaled = (Float(bitPattern: magnitude << 13) * 0x1p112).bitPattern
    let special: UInt32 = magnitude > 0x7BFF ? 0x7F80_0000 : 0
    return Float(bitPattern: scaled | special | (bits & 0x8000) << 16)
  }

  private static func each<Bits>(
    _ bytes: UnsafeRawBufferPointer, _ target: UnsafeMutableBufferPointer<Float>, _ convert: (Bits) -> Float
  ) {
    for index in target.indices {
      target[index] = convert(
        bytes.loadUnaligned(fromByteOffset: index * MemoryLayout<Bits>.size, as: Bits.self))
    }
  }

  /// How many numbers are NaN or infinite.
  static func countNonFinite(_ values: UnsafeBufferPointer<Float>) -> Int {
    var count: UInt = 0
    for value in values { count &+= value.bitPattern & 0x7F80_0000 == 0x7F80_0000 ? 1 : 0 }
    return Int(count)
  }
}
