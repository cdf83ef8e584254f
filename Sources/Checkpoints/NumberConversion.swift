/// Turns stored numbers into single precision.
enum NumberConversion {
  /// Converts the numbers of a layout, of any alignment, in row-major order. Other types than floats of 16, 32 or
  /// 64 bits leave the target as it is.
  static func convert(
    _ bytes: UnsafeRawBufferPointer, as type: ElementType, isBigEndian: Bool, layout: TensorLayout,
    to target: UnsafeMutableBufferPointer<Float>
  ) {
    let source = Source(bytes: bytes, isSwapped: isBigEndian, layout: layout)
    switch type {
    case .float16: source.each(target) { (bits: UInt16) in single(half: bits) }
    case .bfloat16: source.each(target) { (bits: UInt16) in Float(bitPattern: UInt32(bits) << 16) }
    case .float32: source.each(target) { (bits: UInt32) in Float(bitPattern: bits) }
    case .float64: source.each(target) { (bits: UInt64) in Float(Double(bitPattern: bits)) }
    default: break
    }
  }

  /// How many numbers of a layout are NaN or infinite in single precision.
  static func nonFiniteCount(
    _ bytes: UnsafeRawBufferPointer, as type: ElementType, isBigEndian: Bool, layout: TensorLayout
  ) -> Int {
    let source = Source(bytes: bytes, isSwapped: isBigEndian, layout: layout)
    return switch type {
    case .float16: source.count { (bits: UInt16) in bits & 0x7C00 == 0x7C00 }
    case .bfloat16: source.count { (bits: UInt16) in bits & 0x7F80 == 0x7F80 }
    case .float32: source.count { (bits: UInt32) in bits & 0x7F80_0000 == 0x7F80_0000 }
    case .float64: source.count { (bits: UInt64) in !Float(Double(bitPattern: bits)).isFinite }
    default: 0
    }
  }

  /// A half-precision number. Its exponent is rebiased by a multiplication, which also gets the subnormal ones
  /// right, and vectorizes on processors that lack the conversion.
  private static func single(half bits: UInt16) -> Float {
    let bits = UInt32(bits)
    let magnitude = bits & 0x7FFF
    let scaled = (Float(bitPattern: magnitude << 13) * 0x1p112).bitPattern
    let special: UInt32 = magnitude > 0x7BFF ? 0x7F80_0000 : 0
    return Float(bitPattern: scaled | special | (bits & 0x8000) << 16)
  }

  /// Stored numbers, and the order in which to take them.
  private struct Source {
    let bytes: UnsafeRawBufferPointer
    let isSwapped: Bool
    let layout: TensorLayout

    @inline(__always)
    func each<Bits: FixedWidthInteger>(
      _ target: UnsafeMutableBufferPointer<Float>, _ convert: (Bits) -> Float
    ) {
      each { index, bits in target[index] = convert(bits) }
    }

    /// Calls `body` for each number with its index, in row-major order.
    @inline(__always)
    private func each<Bits: FixedWidthInteger>(_ body: (_ index: Int, _ bits: Bits) -> Void) {
      func bits(_ place: Int) -> Bits {
        bytes.loadUnaligned(fromByteOffset: place * MemoryLayout<Bits>.size, as: Bits.self)
      }
      if layout.isContiguous, !isSwapped {
        // The usual case, which vectorizes.
        for index in 0..<layout.count { body(index, Bits(littleEndian: bits(layout.offset + index))) }
      } else {
        eachRow { row, place, length, stride in
          for index in 0..<length {
            let bits = bits(place + index * stride)
            body(row + index, isSwapped ? Bits(bigEndian: bits) : Bits(littleEndian: bits))
          }
        }
      }
    }

    @inline(__always)
    func count<Bits: FixedWidthInteger>(_ isCounted: (Bits) -> Bool) -> Int {
      var sum: UInt = 0
      each { (_: Int, bits: Bits) in sum &+= isCounted(bits) ? 1 : 0 }
      return Int(sum)
    }

    /// Calls `body` for each row of the last extent, with the index of its first number in the target, its place in
    /// the storage, its length and its step.
    @inline(__always)
    private func eachRow(_ body: (_ index: Int, _ place: Int, _ length: Int, _ stride: Int) -> Void) {
      let (outer, length, stride) = (
        Array(layout.shape.dropLast()), layout.shape.last ?? 1, layout.strides.last ?? 1
      )
      var position = [Int](repeating: 0, count: outer.count)
      var place = layout.offset
      for row in 0..<layout.count / max(1, length) {
        body(row * length, place, length, stride)
        for axis in outer.indices.reversed() {
          position[axis] += 1
          place += layout.strides[axis]
          if position[axis] < outer[axis] { break }
          place -= position[axis] * layout.strides[axis]
          position[axis] = 0
        }
      }
    }
  }
}
