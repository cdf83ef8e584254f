import Testing

@testable import Attribution

@Suite struct SobolIndicesTests {
  /// f(m) = m_1: all variance is the first input's.
  @Test func oneInputAlone() {
    let indices = SobolIndices.total(count: 2, designs: 1024) { masks in
      stride(from: 0, to: masks.count, by: 2).map { Double(masks[$0]) }
    }
    #expect(abs(indices[0] - 1) < 0.01)
    #expect(indices[1] == 0)
  }

  /// f = a + 2b + 3c: parts of the variance 1, 4, 9 of 14; no interactions, so that total indices sum to one.
  @Test func sumOfThree() {
    let indices = SobolIndices.total(count: 3, designs: 4096) { masks in
      rows(masks, 3) { row in row[0] + 2 * row[1] + 3 * row[2] }
    }
    let expected: [Double] = [1.0 / 14, 4.0 / 14, 9.0 / 14]
    for (index, value) in zip(indices, expected) { #expect(abs(index - value) < 0.02) }
  }

  /// f = (a - 1/2)(b - 1/2): neither matters alone, both together, so that each total index is 1.
  @Test func interactionOnly() {
    let indices = SobolIndices.total(count: 2, designs: 4096) { masks in
      rows(masks, 2) { row in (row[0] - 0.5) * (row[1] - 0.5) }
    }
    for index in indices { #expect(abs(index - 1) < 0.05) }
  }

  @Test func constantFunctionsHaveNone() {
    #expect(SobolIndices.total(count: 3) { [Double](repeating: 4, count: $0.count / 3) } == [0, 0, 0])
  }

  /// scipy.stats.qmc.Halton(d=4, scramble=False).random(4), by hand: bases 2, 3, 5, 7.
  @Test func halton() {
    let masks = SobolIndices.masks(count: 2, designs: 4)
    #expect(masks.count == 4 * 4 * 2)
    expect(masks[..<8], [0, 0, 1 / 2, 1 / 3, 1 / 4, 2 / 3, 3 / 4, 1 / 9])
    expect(masks[8..<16], [0, 0, 1 / 5, 1 / 7, 2 / 5, 2 / 7, 3 / 5, 3 / 7])
    // A with its first input from B.
    expect(masks[16..<24], [0, 0, 1 / 5, 1 / 3, 2 / 5, 2 / 3, 3 / 5, 1 / 9])
  }

  /// A function's values for rows of inputs.
  private func rows(_ masks: [Float], _ count: Int, _ value: ([Double]) -> Double) -> [Double] {
    (0..<masks.count / count).map { row in value(masks[row * count..<(row + 1) * count].map { Double($0) }) }
  }

  private func expect(_ values: ArraySlice<Float>, _ wanted: [Float]) {
    #expect(zip(values, wanted).allSatisfy { abs($0 - $1) < 1e-6 }, "\(values) \(wanted)")
  }
}
