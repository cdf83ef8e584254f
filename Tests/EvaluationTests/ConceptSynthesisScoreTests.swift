import Testing

@testable import Evaluation

@Suite struct ConceptSynthesisScoreTests {
  /// Of the 8 pairs 3 wins over 0, 1 and 2 and half of 3, and 4 over all; (3.5 − 1.5)/1.29099.
  @Test func byHand() throws {
    let score = try #require(ConceptSynthesisScore(synthetic: [3, 4], natural: [0, 1, 2, 3]))
    #expect(score.areaUnderCurve == 0.9375)
    #expect(abs(score.meanDifference - 1.5491933384829668) < 1e-12)
  }

  @Test func ends() throws {
    let same = try #require(ConceptSynthesisScore(synthetic: [2], natural: [2, 2]))
    #expect(same.areaUnderCurve == 0.5 && same.meanDifference == 0)
    let above = try #require(ConceptSynthesisScore(synthetic: [3], natural: [2]))
    #expect(above.areaUnderCurve == 1 && above.meanDifference == 0)
    #expect(ConceptSynthesisScore(synthetic: [], natural: [1]) == nil)
    #expect(ConceptSynthesisScore(synthetic: [1], natural: []) == nil)
  }
}
