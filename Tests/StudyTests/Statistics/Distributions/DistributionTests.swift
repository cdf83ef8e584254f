import Testing

@testable import Study

@Suite struct DistributionTests {
  private struct Functions {
    let lower: (Double) -> Double
    let upper: (Double) -> Double
    let quantile: (Double) -> Double?
  }

  private func functions(_ golden: Golden.Distribution) throws -> Functions {
    let parameters = golden.parameters
    switch golden.name {
    case "normal":
      return Functions(
        lower: NormalDistribution.cumulative, upper: NormalDistribution.upperTail,
        quantile: NormalDistribution.quantile)
    case "chi-square":
      let d = try #require(ChiSquareDistribution(degrees: parameters[0]))
      return Functions(lower: d.cumulative, upper: d.upperTail, quantile: d.quantile)
    case "t":
      let d = try #require(StudentDistribution(degrees: parameters[0]))
      return Functions(lower: d.cumulative, upper: d.upperTail, quantile: d.quantile)
    case "beta":
      let d = try #require(BetaDistribution(parameters[0], parameters[1]))
      return Functions(lower: d.cumulative, upper: d.upperTail, quantile: d.quantile)
    default:
      let d = try #require(FisherDistribution(parameters[0], parameters[1]))
      return Functions(lower: d.cumulative, upper: d.upperTail, quantile: d.quantile)
    }
  }

  /// Tails of 10⁻⁸⁰ too, relative to their size; SciPy takes what can't be held in full precision for zero.
  @Test func asSciPy() throws {
    for golden in Golden.values.distributions {
      let functions = try functions(golden)
      for (index, place) in golden.places.enumerated() {
        let (lower, upper) = (functions.lower(place), functions.upper(place))
        #expect(
          agreeRelatively(lower, golden.lower[index], within: 2e-12),
          "\(golden.name) \(golden.parameters) \(place)")
        #expect(
          agreeRelatively(upper, golden.upper[index], within: 2e-12),
          "\(golden.name) \(golden.parameters) \(place)")
      }
      for (share, expected) in zip(golden.shares, golden.quantiles) {
        let quantile = try #require(functions.quantile(share))
        #expect(
          agreeRelatively(quantile, expected, within: 1e-9) || abs(quantile - expected) < 1e-12,
          "\(golden.name) \(golden.parameters) \(share): \(quantile), not \(expected)")
      }
    }
  }

  @Test func impossibleParameters() {
    #expect(ChiSquareDistribution(degrees: 0) == nil && StudentDistribution(degrees: .nan) == nil)
    #expect(FisherDistribution(1, -1) == nil && BetaDistribution(0, 1) == nil)
    #expect(NormalDistribution.quantile(0) == nil && NormalDistribution.quantile(1) == nil)
    #expect(NormalDistribution.quantile(.nan) == nil)
  }

  @Test func farOut() throws {
    let chi = try #require(ChiSquareDistribution(degrees: 3))
    #expect(chi.upperTail(1e6) == 0 && chi.cumulative(1e6) == 1 && chi.cumulative(-1) == 0)
    let f = try #require(FisherDistribution(2, 5))
    #expect(f.upperTail(.infinity) == 0 && f.upperTail(0) == 1)
    let t = try #require(StudentDistribution(degrees: 4))
    #expect(t.twoSided(.infinity) == 0 && t.cumulative(0) == 0.5)
  }
}
