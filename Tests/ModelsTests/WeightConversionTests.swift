import Foundation
import Testing

@testable import Models

@Suite struct WeightConversionTests {
  private func convert(_ bytes: [UInt8], _ type: ElementType, count: Int) -> [Float] {
    let memory = FloatMemory(count: count)
    let isFloat = bytes.withUnsafeBytes { WeightConversion.convert($0, as: type, to: memory.values) }
    #expect(isFloat)
    return Array(memory.values)
  }

  @Test func everyHalfPrecisionNumber() {
    let all = (0...UInt16.max).map { $0 }
    let converted = convert(all.flatMap { CheckpointFile.littleEndian($0) }, .float16, count: all.count)
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

  @Test func bfloat16IsTheUpperHalf() {
    let values: [Float] = [0, -0.0, 1, -3.140625, .leastNonzeroMagnitude, .infinity]
    let bytes = values.flatMap { CheckpointFile.littleEndian(UInt16($0.bitPattern >> 16)) }
    let expected = values.map { Float(bitPattern: $0.bitPattern & 0xFFFF_0000) }
    #expect(convert(bytes, .bfloat16, count: values.count) == expected)
  }

  @Test func doublesAreRounded() {
    let values: [Double] = [0.1, -1e300, 1e-300]
    let bytes = values.flatMap { CheckpointFile.littleEndian($0.bitPattern) }
    #expect(convert(bytes, .float64, count: 3) == [0.1, -.infinity, 0])
  }

  @Test func nonFiniteNumbersAreCounted() {
    var values = [Float](repeating: 1, count: 1000)
    values[3] = .nan
    values[700] = -.infinity
    values[999] = .greatestFiniteMagnitude
    #expect(values.withUnsafeBufferPointer { WeightConversion.countNonFinite($0) } == 2)
  }
}
