import Testing

@testable import Study

@Suite struct SampleTests {
  @Test func asNumPy() {
    for golden in Golden.values.quantiles {
      #expect(agree(Sample.mean(golden.values), golden.mean, within: 1e-14))
      #expect(agree(Sample.variance(golden.values), golden.variance, within: 1e-14))
      #expect(Ranks(golden.values).values == golden.ranks)
      for (probability, quantile) in zip(golden.probabilities, golden.quantiles) {
        #expect(agree(Sample.quantile(probability, of: golden.values), quantile, within: 1e-15))
      }
    }
  }

  @Test func nothingFromNothing() {
    #expect(Sample.mean([]) == nil && Sample.median([]) == nil && Sample.variance([1]) == nil)
    #expect(Sample.mean([.nan, 1]) == nil && Sample.median([.nan, 1]) == nil)
    #expect(Sample.mean([.greatestFiniteMagnitude, .greatestFiniteMagnitude]) == nil)
    #expect(Sample.quantile(1.5, of: [1, 2]) == nil && Sample.quantile(.nan, of: [1, 2]) == nil)
    #expect(Sample.quantile(0.5, of: [-.greatestFiniteMagnitude, .greatestFiniteMagnitude]) == nil)
  }

  @Test func ties() {
    #expect(Ranks([2, 1, 2, 2, 1]).values == [4, 1.5, 4, 4, 1.5])
    #expect(Ranks([2, 1, 2, 2, 1]).tieSum == 24 + 6)
    #expect(Ranks([]).values.isEmpty)
  }
}
