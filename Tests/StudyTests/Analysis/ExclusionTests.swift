import Testing

@testable import Study

@Suite struct ExclusionTests {
  /// Twenty careful participants who prefer method a, and five who press 3 and miss the catch trials.
  private let rows: [Observation] = (0..<25).flatMap { person -> [Observation] in
    let isCareful = person < 20
    func row(_ target: String, _ method: String, _ kind: TrialKind, _ value: Int, right: Bool?) -> Observation
    {
      Observation(
        participant: "p\(person)", part: "part", kind: kind, target: target, method: method,
        answer: .rating(value),
        isRight: right, reactionMilliseconds: isCareful ? 4000 : 300)
    }
    return (0..<3).flatMap { target in
      ["a", "b"].map { method in
        row("t\(target)", method, .main, isCareful ? (method == "a" ? 4 + target % 2 : 2) : 3, right: nil)
      }
    } + [
      row("c", "a", .catch, 5, right: isCareful), row("c", "b", .catch, 1, right: isCareful || person == 24),
    ]
  }

  @Test func withAndWithout() throws {
    let rules = ExclusionRules(catchShare: 0.5, shortestSeconds: 10, sameValueShare: 0.9)
    let analysis = StudyAnalysis(StudyData(study: "s", rows), rules: rules)
    #expect(analysis.exclusions.map(\.participant) == ["p20", "p21", "p22", "p23", "p24"])
    #expect(analysis.exclusions[0].reasons.map(\.rule) == [.catchShare, .shortest, .sameValue])
    // Half of the catch trials are right, which is enough.
    #expect(analysis.exclusions[4].reasons.map(\.rule) == [.shortest, .sameValue])
    #expect(analysis.parts[0].methods.map(\.scores.count) == [60, 60])
    #expect(analysis.everyone[0].methods.map(\.scores.count) == [75, 75])
    #expect(analysis.parts[0].methods[1].scores.mean == 2)
    #expect(analysis.everyone[0].methods[1].scores.mean == 2.2)
    #expect(analysis.rows == rows.count)
  }

  @Test func otherThresholds() throws {
    let analysis = StudyAnalysis(StudyData(study: "s", rows), rules: ExclusionRules(catchShare: 0.5))
    let catches = analysis.thresholds.filter { $0.rule == .catchShare }
    #expect(catches.map(\.limit) == [nil, 0.5, 0.6, 0.667, 0.75, 0.8, 0.9, 1])
    #expect(catches.map(\.excluded) == [0, 4, 5, 5, 5, 5, 5, 5])
    #expect(catches.map(\.isDeclared) == [false, true, false, false, false, false, false, false])
    #expect(catches[0].parts[0].means[1] == 2.2 && catches[2].parts[0].means[1] == 2)
    // A rule that isn't declared: what it would have done beside the others.
    let same = analysis.thresholds.filter { $0.rule == .sameValue }
    #expect(same.first?.isDeclared == true && same.first?.excluded == 4 && same.last?.excluded == 5)
    #expect(analysis.thresholds.contains { $0.rule == .shortest && $0.excluded == 5 })
    // Nothing is known of completion here.
    #expect(!analysis.thresholds.contains { $0.rule == .incomplete })
  }

  @Test func nothingToExclude() {
    let analysis = StudyAnalysis(StudyData(study: "s", rows))
    #expect(analysis.exclusions.isEmpty && analysis.everyone == analysis.parts)
  }

  @Test func twoOfThreeIsTwoThirds() {
    let person = StudyData.Participant(name: "p", seconds: nil, catchShare: 2.0 / 3, steps: [])
    #expect(ExclusionRules(catchShare: 0.667).broken(by: person).isEmpty)
    #expect(ExclusionRules(catchShare: 0.7).broken(by: person).count == 1)
    #expect(ExclusionRules(shortestSeconds: 60, leavesOutIncomplete: true).broken(by: person).isEmpty)
  }
}
