import Foundation
import Tensor
import Testing

@testable import Attribution

@Suite struct ActivationHistogramTests {
  /// The histogram against exact counts at its width, and its width against the least that suffices.
  private func check(_ values: [Float], most: Int, _ place: SourceLocation = #_sourceLocation) {
    var histogram = ActivationHistogram(most: most)
    for value in values { histogram.add(value) }
    func bins(_ width: Double) -> [Int: Int] {
      Dictionary(values.map { (Int((Double($0) / width).rounded(.down)), 1) }, uniquingKeysWith: +)
    }
    func span(_ bins: [Int: Int]) -> Int { (bins.keys.max() ?? 0) - (bins.keys.min() ?? 0) + 1 }
    let exact = bins(histogram.width)
    let first = exact.keys.min() ?? 0
    #expect(histogram.first == first && histogram.counts.count == span(exact), sourceLocation: place)
    #expect(histogram.counts.count <= most, sourceLocation: place)
    #expect(
      histogram.counts.indices.allSatisfy { histogram.counts[$0] == exact[first + $0] ?? 0 },
      sourceLocation: place)
    #expect(histogram.start == Double(first) * histogram.width, sourceLocation: place)
    // Half as wide wouldn't do, unless it is as fine as numbers are told apart.
    let largest = values.map(\.magnitude).max() ?? 0
    let finest = max(ActivationHistogram.leastExponent, largest == 0 ? .min : Int(largest.exponent) - 23)
    #expect(
      histogram.exponent == finest || span(bins(histogram.width / 2)) > most, sourceLocation: place)
  }

  @Test func countsAreExactInAnyOrder() {
    var random = RandomSource(seed: 3)
    let values = (0..<3000).map { _ in 5 + 2 * random.normal() }
    check(values, most: 40)
    check(values.sorted(), most: 40)
    check(values.sorted(by: >), most: 7)
    var (forth, back) = (ActivationHistogram(most: 16), ActivationHistogram(most: 16))
    for value in values { forth.add(value) }
    for value in values.reversed() { back.add(value) }
    #expect(forth == back && forth.counts.reduce(0, +) == values.count)
  }

  @Test func rangesGrowOnBothSides() {
    check([1, -1, 2, -3, 100, -1000, 0, 0], most: 10)
    check((0..<50).map { $0 % 2 == 0 ? Float($0) : -Float($0) * 1000 }, most: 2)
  }

  @Test func numbersOfAnySize() {
    check([0, 0, 0], most: 40)
    check([7], most: 40)
    check([.greatestFiniteMagnitude, -.greatestFiniteMagnitude, 1], most: 40)
    check([.leastNonzeroMagnitude, -.leastNonzeroMagnitude], most: 40)
    check([1e30, 1e30 * (1 + 1e-6), 1], most: 40)
    check([16_777_216, 16_777_218, 16_777_220], most: 40)
  }
}
