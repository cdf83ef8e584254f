import Foundation
import Testing

@testable import Checkpoints

@Suite struct NumberConversionTests {
  private func convert(_ bytes: [UInt8], _ type: ElementType, count: Int) throws -> [Float] {
    let memory = FloatMemory(count: count)
    let layout = try TensorLayout(shape: [count], available: count)
    bytes.withUnsafeBytes {
      NumberConversion.convert($0, as: type, isBigEndian: false, layout: layout, to: memory.values)
    }
    return Array(memory.values)
  }

  @Test func everyHalfPrecisionNumber() throws {
    let all = (0...UInt16.max).map { $0 }
    let converted = try convert(all.flatMap { $0.littleEndianBytes }, .float16, count: all.count)
    for (bits, value) in zip(all, converted) {
      let expected = Float(Float16(bitPattern: bits))
      if expected.isFinite {
        #expect(value.bitPattern == expected.bitPattern)
      } else {
        // NaN and infinity are only told from numbers, to be refused.
        #expect(!value.isFinite)
      }
    }
  }

  @Test func bfloat16IsTheUpperHalf() throws {
    let values: [Float] = [0, -0.0, 1, -3.140625, .leastNonzeroMagnitude, .infinity]
    let bytes = values.flatMap { UInt16($0.bitPattern >> 16).littleEndianBytes }
    let expected = values.map { Float(bitPattern: $0.bitPattern & 0xFFFF_0000) }
    #expect(try convert(bytes, .bfloat16, count: values.count) == expected)
  }

  @Test func doublesAreRounded() throws {
    let values: [Double] = [0.1, -1e300, 1e-300]
    let bytes = values.flatMap { $0.bitPattern.littleEndianBytes }
    #expect(try convert(bytes, .float64, count: 3) == [0.1, -.infinity, 0])
  }

  @Test(
    "Numbers that aren't finite in single precision are counted before they are converted: in every type and order"
  )
  func nonFiniteNumbersAreCounted() throws {
    func count(_ bytes: [UInt8], _ type: ElementType, isBigEndian: Bool = false, strides: [Int]? = nil) throws
      -> Int
    {
      let layout = try TensorLayout(shape: [2, 2], strides: strides, available: 4)
      return bytes.withUnsafeBytes {
        NumberConversion.nonFiniteCount($0, as: type, isBigEndian: isBigEndian, layout: layout)
      }
    }
    let values: [Float] = [1, .nan, -.infinity, .greatestFiniteMagnitude]
    let bits = values.map(\.bitPattern)
    #expect(try count(bits.flatMap(\.littleEndianBytes), .float32) == 2)
    #expect(try count(bits.flatMap(\.bigEndianBytes), .float32, isBigEndian: true) == 2)
    #expect(try count(bits.flatMap(\.littleEndianBytes), .float32, strides: [1, 2]) == 2)
    #expect(try count(bits.map { UInt16($0 >> 16) }.flatMap(\.littleEndianBytes), .bfloat16) == 2)
    // The greatest finite, NaN, infinity and a subnormal half.
    #expect(
      try count([0x7BFF, 0x7E01, 0xFC00, 0x0001].map { UInt16($0) }.flatMap(\.littleEndianBytes), .float16)
        == 2)
    // The last is finite only in double precision.
    let doubles: [Double] = [1, .nan, 1e38, -1e39]
    #expect(try count(doubles.map(\.bitPattern).flatMap(\.littleEndianBytes), .float64) == 2)
  }

  @Test func otherByteOrdersAreTurned() throws {
    let bytes = [Float(1.5), -2].flatMap { $0.bitPattern.bigEndianBytes }
    let memory = FloatMemory(count: 2)
    let layout = try TensorLayout(shape: [2], available: 2)
    bytes.withUnsafeBytes {
      NumberConversion.convert($0, as: .float32, isBigEndian: true, layout: layout, to: memory.values)
    }
    #expect(Array(memory.values) == [1.5, -2])
  }

  /// Against the definition: index (i, j, k) is the number at offset + i·s₀ + j·s₁ + k·s₂.
  @Test(arguments: [[12, 4, 1], [1, 2, 6], [0, 4, 1], [4, 1, 12]]) func stridesAreFollowed(
    _ strides: [Int]
  ) throws {
    let numbers = (0..<40).map { Float($0) }
    let layout = try TensorLayout(shape: [2, 3, 3], strides: strides, offset: 2, available: 40)
    let memory = FloatMemory(count: 18)
    numbers.withUnsafeBytes {
      NumberConversion.convert($0, as: .float32, isBigEndian: false, layout: layout, to: memory.values)
    }
    var expected: [Float] = []
    for i in 0..<2 {
      for j in 0..<3 {
        for k in 0..<3 { expected.append(Float(2 + i * strides[0] + j * strides[1] + k * strides[2])) }
      }
    }
    #expect(Array(memory.values) == expected)
  }
}
