import Testing

@testable import Study

@Suite struct WilcoxonTestTests {
  @Test func asSciPy() throws {
    for golden in Golden.values.wilcoxon {
      let zeros = try #require(WilcoxonTest.Zeros(rawValue: golden.zeros))
      let test = try WilcoxonTest(
        golden.differences, zeros: zeros, source: golden.source == "auto" ? nil : .normal)
      #expect(test.statistic == golden.statistic)
      #expect(test.positive == golden.positive && test.negative == golden.negative)
      #expect(agreeRelatively(test.p, golden.p, within: 1e-9), "\(golden)")
      #expect(agree(test.rankBiserial, golden.rankBiserial, within: 1e-12))
      if let z = golden.z { #expect(agree(abs(test.z), abs(z), within: 1e-12)) }
    }
  }

  /// Kerby 2014: the share of rank sum for, less the share against.
  @Test func rankBiserialOfOneSide() throws {
    #expect(try WilcoxonTest([1, 2, 3]).rankBiserial == 1)
    #expect(try WilcoxonTest([-1, -2, -3]).rankBiserial == -1)
    #expect(abs(try WilcoxonTest([-1, 2, 3]).rankBiserial - 4.0 / 6) < 1e-15)
  }

  @Test func noValue() {
    #expect(throws: Undefined("there are no pairs")) { try WilcoxonTest([]) }
    #expect(throws: Undefined("all differences are zero")) { try WilcoxonTest([0, 0]) }
    #expect(throws: Undefined("all differences are zero")) { try WilcoxonTest([0, 0], zeros: .pratt) }
    #expect(throws: Undefined("a difference is no finite number")) { try WilcoxonTest([1, .nan]) }
  }

  @Test func onePair() throws {
    let test = try WilcoxonTest([2])
    #expect(test.p == 1 && test.source == .exact && test.z.isFinite)
  }

  /// Thousands of pairs are no reason to overflow.
  @Test func manyPairs() throws {
    let test = try WilcoxonTest((1...5000).map { Double($0 % 2 == 0 ? $0 : -$0) }, source: .normal)
    #expect(test.p > 0.9 && test.p <= 1)
  }
}
