import Testing

@testable import Study

@Suite struct StudyDataTests {
  private let definition = StudyFixture.definition([
    StudyFixture.rating(items: 4, methods: 2, catches: 1, repeats: 1, practice: 1),
    StudyFixture.choice(items: 2, methods: 2, arrangement: .crossed, queries: 2),
  ])

  /// Every question of a row of the plan, answered by a rule.
  private func events(
    _ participant: String, row: StudyPlan.Row, through last: Int = .max,
    answer: (AssignedTrial, AssignedQuestion) -> String
  ) throws -> [ResponseEvent] {
    let assignment = try StudyAssignment(row, of: definition, hash: definition.hash())
    var events: [ResponseEvent] = []
    for trial in assignment.trials where trial.index <= last {
      for question in trial.questions {
        let second = String(trial.index % 60 + 100).suffix(2)
        let time = "2026-11-22T10:\(trial.index / 60 + 10):\(second).000Z"
        events.append(
          ResponseEvent(
            study: assignment.study, studyHash: assignment.studyHash, participant: participant, session: "s",
            trialIndex: trial.index, trialID: trial.id, part: trial.part, kind: trial.kind,
            target: trial.target,
            method: question.method, imageSHA256: question.imageSHA256, position: question.position,
            question: question.name, value: answer(trial, question), reactionMilliseconds: 900, shownAt: time,
            answeredAt: time, attempt: 1, eventID: "\(participant)-\(events.count)", awayMilliseconds: nil,
            viewport: nil))
      }
    }
    return events
  }

  private func answer(_ trial: AssignedTrial, _ question: AssignedQuestion) -> String {
    switch question.name {
    case "rating":
      trial.kind == .catch
        ? (question.method == "right" ? "5" : "1") : question.method == "method-0" ? "4" : "2"
    case "choice": question.right[0]
    case "confidence": "2"
    case "age": "18-34"
    default: question.right.first ?? "x"
    }
  }

  @Test func rowsOfAStudy() throws {
    let plan = try StudyPlan.make(for: definition, participants: 3, seed: 1)
    var events: [ResponseEvent] = []
    for (index, row) in plan.rows.prefix(3).enumerated() {
      events += try self.events("p\(index)", row: row, through: index == 2 ? 5 : .max, answer: answer)
    }
    let data = try StudyData(events, of: definition)
    #expect(data.participants.map(\.isComplete) == [true, true, false])
    #expect(data.participants[0].catchShare == 1 && data.participants[0].demographics == ["age": "18-34"])
    #expect(
      data.participants[0].steps.map(\.name) == [
        "consent", "comprehension", "labels", "choice", "demographics",
      ])
    #expect(data.participants[2].steps.map(\.isEnded) == [true, true, false, false, false])
    let last = events.filter { $0.participant == "p0" }.map(\.trialIndex).max() ?? 0
    #expect(data.participants[0].seconds == Double(last - 1))
    let analysis = StudyAnalysis(
      data, rules: ExclusionRules(leavesOutIncomplete: true), options: .init(replicates: 50))
    #expect(analysis.exclusions.map(\.participant) == ["p2"] && analysis.participation.complete == 2)
    #expect(analysis.parts[0].methods.map(\.scores.count) == [8, 8])
    #expect(analysis.parts[0].methods.map(\.scores.mean) == [4, 2])
    #expect(analysis.parts[0].reliability.pairs == 4 && analysis.parts[0].reliability.sameShare == 1)
    #expect(analysis.parts[1].methods.map(\.choices?.right) == [4, 4])
    #expect(analysis.parts[1].methods[0].choices?.confidence == 2)
    #expect(analysis.participation.demographics[0].answers == [.init(value: "18-34", count: 2)])
    #expect(analysis.participation.steps.map(\.begun) == [3, 3, 3, 2, 2])
  }

  @Test func laterAttemptsCount() throws {
    let row = try StudyPlan.make(for: definition, participants: 1, seed: 1).rows[0]
    var events = try events("p", row: row, answer: answer)
    let index = try #require(
      events.firstIndex { $0.question == "rating" && $0.kind == .main && $0.value == "2" })
    var second = events[index]
    second.attempt = 2
    second.value = "5"
    events.insert(second, at: 0)
    let data = try StudyData(events, of: definition)
    #expect(data.replaced == 1 && data.rows == events.count)
    #expect(data.observations.contains { $0.answer == .rating(5) && $0.kind == .main })
    #expect(StudyData.latest(events).count == events.count - 1)
  }

  @Test func otherStudies() throws {
    let row = try StudyPlan.make(for: definition, participants: 1, seed: 1).rows[0]
    var events = try events("p", row: row, answer: answer)
    events[1].studyHash = "0"
    #expect(throws: StudyError.otherStudy(place: "row 2", found: "0", expected: try definition.hash())) {
      try StudyData(events, of: definition)
    }
  }

  @Test func times() throws {
    #expect(Timestamp.seconds("1970-01-01T00:00:00.000Z") == 0)
    #expect(Timestamp.seconds("2026-11-22T09:05:01.250Z") == 1_795_338_301.25)
    #expect(Timestamp.seconds("2024-02-29T23:59:59.999Z") == 1_709_251_199.999)
    #expect(Timestamp.seconds("2000-03-01T00:00:00.000Z") == 951_868_800)
    #expect(Timestamp.seconds("0000-01-01T00:00:00.000Z") != nil && Timestamp.seconds("yesterday") == nil)
  }
}
