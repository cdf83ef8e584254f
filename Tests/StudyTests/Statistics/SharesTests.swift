import Testing

@testable import Study

/// Corrections, shares and dominance.
@Suite struct SharesTests {
  @Test func holm() {
    for golden in Golden.values.holm {
      #expect(agree(Holm.correct(golden.p), golden.corrected, within: 1e-14))
    }
    #expect(Holm.correct([]).isEmpty)
  }

  @Test func cliff() throws {
    for golden in Golden.values.cliff {
      #expect(agree(try CliffsDelta.value(golden.a, golden.b), golden.delta, within: 1e-14))
    }
    #expect(throws: Undefined.self) { try CliffsDelta.value([], [1]) }
    #expect(throws: Undefined.self) { try CliffsDelta.value([.nan], [1]) }
    #expect(try CliffsDelta.value([1, 1], [1]) == 0)
  }

  @Test func wilson() throws {
    for golden in Golden.values.wilson {
      let interval = try WilsonInterval.of(golden.successes, of: golden.trials, level: golden.level)
      #expect(agree([interval.low, interval.high], golden.limits, within: 1e-12))
    }
    #expect(throws: Undefined("there are no trials")) { try WilsonInterval.of(0, of: 0) }
    #expect(throws: Undefined.self) { try WilsonInterval.of(1, of: 2, level: 1) }
  }

  @Test func binomial() throws {
    for golden in Golden.values.binomial {
      let (k, n, chance) = (golden.successes, golden.trials, golden.chance)
      #expect(
        agreeRelatively(try BinomialTest.p(k, of: n, chance: chance), golden.twoSided, within: 1e-9),
        "\(golden)")
      #expect(
        agreeRelatively(try BinomialTest.p(k, of: n, chance: chance, .greater), golden.greater, within: 1e-9))
      #expect(agreeRelatively(try BinomialTest.p(k, of: n, chance: chance, .less), golden.less, within: 1e-9))
    }
    #expect(throws: Undefined.self) { try BinomialTest.p(0, of: 0, chance: 0.5) }
    #expect(throws: Undefined.self) { try BinomialTest.p(3, of: 2, chance: 0.5) }
    #expect(throws: Undefined.self) { try BinomialTest.p(1, of: 2, chance: 1) }
    #expect(throws: Undefined.self) { try BinomialTest.p(1, of: 2, chance: .nan) }
  }
}
