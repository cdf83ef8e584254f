import Testing

@testable import Study

@Suite struct ResponseEventTests {
  private let participant = "0123456789abcdef"

  private func assignment(row: Int = 1) throws -> StudyAssignment {
    let plan = try StudyPlan.make(for: StudyFixture.full, participants: 4, seed: 1)
    return try #require(try StudyAssignment.all(plan, of: StudyFixture.full)[row])
  }

  private func event(_ question: String, _ value: String, in part: String, _ kind: TrialKind = .main) throws
    -> ResponseEvent
  {
    let assignment = try assignment()
    let trial = try #require(assignment.trials.first { $0.part == part && $0.kind == kind })
    return try assignment.event(
      for: StudyFixture.answer(trial.id, question, value), participant: participant, place: "event")
  }

  @Test func saysWhatWasShown() throws {
    let event = try event("rating-2", "4", in: "labels")
    #expect(event.question == "rating" && event.position == 2 && event.value == "4")
    let item = try #require(StudyFixture.full.parts[0].items.first { $0.target == event.target })
    let shown = try #require(item.stimuli.first { $0.method == event.method })
    #expect(event.imageSHA256 == shown.pictures[0])
    #expect(try event.studyHash == StudyFixture.full.hash())
  }

  @Test func comesBackFromItsLineAndItsRecord() throws {
    for event in [
      try event("rating-1", "5", in: "labels"), try event("word", "a \"striped\", horse", in: "words"),
      try event("choice", "2", in: "choice"), try event("age", "18-34", in: "demographics"),
    ] {
      #expect(try ResponseEvent(jsonLine: event.jsonLine, place: "line 1") == event)
      let csv = ResponseEvent.csvHeader + "\r\n" + event.csvRecord + "\r\n"
      #expect(try ResponseEvent.rows(csv: csv, place: "rows.csv") == [event])
      try assignment().check(event, place: "line 1")
    }
  }

  @Test func refusesRowsThatTheAssignmentDoesNotMake() throws {
    let event = try event("rating-1", "5", in: "labels")
    let changes: [(inout ResponseEvent) -> Void] = [
      { $0.value = "6" }, { $0.method = "other" }, { $0.position = 9 }, { $0.trialID = "ffffffffffff" },
      { $0.imageSHA256 = nil }, { $0.trialIndex += 1 }, { $0.kind = .catch },
      { $0.studyHash = $0.imageSHA256 ?? "" },
      { $0.question = "word" }, { $0.target = nil }, { $0.study = "other" },
    ]
    for change in changes {
      var other = event
      change(&other)
      #expect(throws: StudyError.self) { try assignment().check(other, place: "line 1") }
    }
    #expect(throws: StudyError.self) { try assignment(row: 2).check(event, place: "line 1") }
  }

  @Test func refusesAnswersThatAreNotAskedFor() throws {
    let assignment = try assignment()
    let trial = try #require(assignment.trials.first { $0.part == "labels" })
    let word = try #require(assignment.trials.first { $0.part == "words" })
    for answer in [
      StudyFixture.answer("nowhere", "rating-1", "1"), StudyFixture.answer(trial.id, "rating-5", "1"),
      StudyFixture.answer(trial.id, "rating-1", "0"), StudyFixture.answer(trial.id, "rating-1", "1.0"),
      StudyFixture.answer(trial.id, "rating-1", ""), StudyFixture.answer("consent", "consent", "yes"),
      StudyFixture.answer(word.id, "word", " "), StudyFixture.answer(word.id, "word", "a\nb"),
      StudyFixture.answer(word.id, "word", "a\u{202E}b"),
      StudyFixture.answer(word.id, "word", String(repeating: "a", count: 101)),
    ] {
      #expect(throws: StudyError.self) {
        try assignment.event(for: answer, participant: participant, place: "event")
      }
    }
  }

  @Test func answersComeBackAndStrangersAreRefused() throws {
    let answer = StudyFixture.answer("consent", "consent", "1")
    #expect(try StudyAnswer(answer.json, place: "event") == answer)
    guard case .object(var members) = answer.json else { return }
    let changes: [(String, JSONValue?)] = [
      ("method", .string("vital")), ("event_id", .string("1")), ("event_id", nil), ("attempt", .number("0")),
      ("attempt", .number("1.0")), ("attempt", .string("1")), ("session", .string("../../x")),
      ("answered_at", .string("yesterday")), ("answered_at", .string("2026-13-22T09:05:02.500Z")),
      ("viewport", .string("x")), ("rt_ms", .number("-1")), ("rt_ms", .number("99999999999999999999")),
      ("value", .array([])), ("value", .null),
    ]
    for (name, value) in changes {
      let before = members[name]
      members[name] = value
      #expect(throws: StudyError.self, "\(name)") { try StudyAnswer(.object(members), place: "event") }
      members[name] = before
    }
  }

  @Test func rightAnswers() throws {
    let definition = StudyFixture.full
    var choice = try event("choice", "1", in: "choice")
    choice.position = 1
    #expect(definition.isRight(choice) == true)
    choice.value = "2"
    #expect(definition.isRight(choice) == false)
    #expect(definition.isRight(try event("rating-1", "5", in: "labels")) == nil)
    let caught = try event("rating-1", "5", in: "labels", .catch)
    #expect(definition.isRight(caught) == (caught.method == "right"))
    #expect(definition.isRight(try event("best", "5", in: "comprehension")) == true)
    #expect(definition.isRight(try event("best", "1", in: "comprehension")) == false)
    #expect(definition.isRight(try event("age", "18-34", in: "demographics")) == nil)
  }

  @Test(arguments: ["a,b\n", "\"open", "study\n\"a\"b", ""])
  func refusesOtherTables(_ text: String) {
    #expect(throws: StudyError.self) { try ResponseEvent.rows(csv: text, place: "rows.csv") }
  }
}
