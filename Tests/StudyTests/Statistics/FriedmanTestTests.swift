import Testing

@testable import Study

@Suite struct FriedmanTestTests {
  @Test func asSciPy() throws {
    for golden in Golden.values.friedman {
      let test = try FriedmanTest(golden.rows)
      #expect(agree(test.chiSquare, golden.chiSquare, within: 1e-12))
      #expect(agreeRelatively(test.p, golden.p, within: 1e-10))
      #expect(agree(test.meanRanks, golden.meanRanks, within: 1e-12))
      #expect(agree(test.concordance, golden.concordance, within: 1e-12))
      let f = try #require(test.imanDavenport)
      #expect(agree(f.f, golden.f, within: 1e-10))
      #expect(agreeRelatively(f.p, golden.pF, within: 1e-10))
    }
  }

  /// Conover 1999, section 5.8: four kinds of grass in twelve gardens; χ² = 8.0973, F = 3.1922.
  @Test func grassesOfConover() throws {
    let test = try FriedmanTest([
      [4, 3, 2, 1], [4, 2, 3, 1], [3, 1.5, 1.5, 4], [3, 1, 2, 4], [4, 2, 1, 3], [2, 2, 2, 4],
      [1, 3, 2, 4], [2, 4, 1, 3], [3.5, 1, 2, 3.5], [4, 1, 3, 2], [4, 2, 3, 1], [3.5, 1, 2, 3.5],
    ])
    #expect(abs(test.chiSquare - 8.0973) < 1e-4)
    #expect(abs((test.imanDavenport?.f ?? 0) - 3.1922) < 2e-4)
  }

  @Test func allAlike() throws {
    let test = try FriedmanTest([[1, 2, 3], [1, 2, 3], [2, 3, 4]])
    #expect(test.concordance == 1 && test.imanDavenport == nil)
  }

  @Test func noValue() {
    #expect(throws: Undefined.self) { try FriedmanTest([]) }
    #expect(throws: Undefined.self) { try FriedmanTest([[1, 2, 3]]) }
    #expect(throws: Undefined("it needs two methods; there are 1")) { try FriedmanTest([[1], [2]]) }
    #expect(throws: Undefined("every participant judges all methods equal")) {
      try FriedmanTest([[1, 1, 1], [2, 2, 2]])
    }
    #expect(throws: Undefined.self) { try FriedmanTest([[1, .nan], [1, 2]]) }
    #expect(throws: Undefined.self) { try FriedmanTest([[1, 3], [1]]) }
  }
}
