import Testing

@testable import Study

/// Tests of groups of different participants.
@Suite struct GroupTests {
  @Test func mannWhitney() throws {
    for golden in Golden.values.mannWhitney {
      let test = try MannWhitneyTest(golden.a, golden.b)
      #expect(test.u == golden.u && agreeRelatively(test.p, golden.p, within: 1e-9))
      let normal = try MannWhitneyTest(golden.a, golden.b, source: .normal)
      #expect(agreeRelatively(normal.p, golden.normal, within: 1e-9))
      let turned = try MannWhitneyTest(golden.b, golden.a)
      #expect(agreeRelatively(turned.p, golden.p, within: 1e-9))
    }
    #expect(throws: Undefined("one of the groups is empty")) { try MannWhitneyTest([], [1]) }
    #expect(throws: Undefined("all values are the same")) { try MannWhitneyTest([1], [1, 1]) }
    #expect(throws: Undefined.self) { try MannWhitneyTest([1], [.nan]) }
    #expect(try MannWhitneyTest([1], [2]).p == 1)
    #expect(try MannWhitneyTest([0.5], (0..<20_000).map(Double.init)).source == .normal)
  }

  @Test func kruskalWallis() throws {
    for golden in Golden.values.kruskal {
      let test = try KruskalWallisTest(golden.groups)
      #expect(agree(test.h, golden.h, within: 1e-10) && agreeRelatively(test.p, golden.p, within: 1e-10))
    }
    #expect(throws: Undefined.self) { try KruskalWallisTest([[1, 2]]) }
    #expect(throws: Undefined.self) { try KruskalWallisTest([[1, 2], []]) }
    #expect(throws: Undefined("all values are the same")) { try KruskalWallisTest([[1, 1], [1]]) }
    #expect(throws: Undefined.self) { try KruskalWallisTest([[1, .infinity], [1]]) }
  }
}
