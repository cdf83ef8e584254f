import Foundation
import Hummingbird
import Study

/// What pages with JavaScript send.
extension IntakeRoutes {
  /// `{"study_hash":…,"row":17,"test":true,"passed":{"PROLIFIC_PID":"…"}}`; all but the hash may be left out.
  @Sendable func begin(_ incoming: Incoming) async throws -> Response {
    let fields = try fields(incoming, ["study_hash", "row", "test", "passed"])
    var beginning = Intake.Beginning()
    beginning.row = try reading { () throws(StudyError) in try fields.optionalWhole("row", in: 1...1_000_000)
    }
    beginning.isTest = try reading { () throws(StudyError) in try fields.flag("test") }
    if case .object(let members)? = fields.value("passed") {
      for (name, value) in members {
        guard case .string(let text) = value else {
          throw IntakeFault.malformed(place: "passed", reason: "texts are expected")
        }
        beginning.passed[name] = text
      }
    } else if fields.value("passed") != nil {
      throw IntakeFault.malformed(place: "passed", reason: "an object is expected")
    }
    guard limiter.allows("begin", intake.limits.beginRate) else { throw IntakeFault.tooMany }
    let begun = try await intake.begin(beginning)
    return .json(
      .object([
        "participant": .string(begun.participant), "token": .string(begun.token),
        "session": .string(begun.session), "row": .number(String(begun.row)), "attempt": .number("1"),
        "withdrawal_code": .string(begun.withdrawalCode),
      ]), status: .created)
  }

  /// `{"study_hash":…}` with a token.
  @Sendable func resume(_ incoming: Incoming) async throws -> Response {
    _ = try fields(incoming, ["study_hash"])
    let standing = try await intake.resume(token: try token(incoming))
    let answers = standing.answers.map { answer in
      JSONValue.object([
        "trial_id": .string(answer.trial), "question": .string(answer.question),
        "value": .string(answer.value),
        "attempt": .number(String(answer.attempt)),
      ])
    }
    return .json(
      .object([
        "participant": .string(standing.participant), "session": .string(standing.session),
        "row": .number(String(standing.row)), "finished": .bool(standing.isFinished),
        "attempt": .number(String(standing.attempt)), "answers": .array(answers),
      ]))
  }

  /// `{"study_hash":…,"events":[…]}` with a token. The answer comes when the events are on disk.
  @Sendable func events(_ incoming: Incoming) async throws -> Response {
    let fields = try fields(incoming, ["study_hash", "events"])
    let values = try reading { () throws(StudyError) in try fields.list("events") }
    guard (1...intake.limits.eventsInRequest).contains(values.count) else {
      throw IntakeFault.malformed(
        place: "events",
        reason: "from 1 to \(intake.limits.eventsInRequest) are expected, not \(values.count)")
    }
    let token = try token(incoming)
    var answers: [StudyAnswer] = []
    for (index, value) in values.enumerated() {
      answers.append(
        try reading { () throws(StudyError) in try StudyAnswer(value, place: "events[\(index)]") })
    }
    let outcomes = try await intake.keep(answers, token: token)
    let results = zip(answers, outcomes).map { answer, outcome in
      JSONValue.object(["event_id": .string(answer.eventID), "status": .string(outcome.rawValue)])
    }
    return .json(.object(["events": .array(results)]))
  }

  /// `{"study_hash":…}` with a token. The completion code comes when everything that must be answered is on disk.
  @Sendable func finish(_ incoming: Incoming) async throws -> Response {
    _ = try fields(incoming, ["study_hash"])
    let completed = try await intake.finish(token: try token(incoming))
    return .json(
      .object([
        "completion_code": completed.code.map(JSONValue.string) ?? .null,
        "address": completed.onward.map(JSONValue.string) ?? .null,
      ]))
  }

  /// `{"code":…}`
  @Sendable func withdraw(_ incoming: Incoming) async throws -> Response {
    let fields = try reading { () throws(StudyError) in
      try JSONFields(JSONValue(parsing: incoming.body, place: "body"), place: "body", known: ["code"])
    }
    let code = try reading { () throws(StudyError) in try fields.text("code") }
    guard limiter.allows("withdraw", intake.limits.strangerRate) else { throw IntakeFault.tooMany }
    try await intake.withdraw(code: code)
    return .json(.object(["withdrawn": .bool(true)]))
  }

  /// The members of a body that names the study.
  private func fields(_ incoming: Incoming, _ known: [String]) throws(IntakeFault) -> JSONFields {
    let fields = try reading { () throws(StudyError) in
      try JSONFields(JSONValue(parsing: incoming.body, place: "body"), place: "body", known: known)
    }
    try intake.checkHash(try reading { () throws(StudyError) in try fields.text("study_hash") })
    return fields
  }

  private func reading<Value>(_ work: () throws(StudyError) -> Value) throws(IntakeFault) -> Value {
    do { return try work() } catch { throw IntakeFault(error) }
  }
}

extension Intake.Completed {
  /// Where the participant goes, with what the link had handed on.
  var onward: String? {
    guard let address, var parts = URLComponents(string: address) else { return nil }
    let items = passed.sorted { $0.key < $1.key }.map { URLQueryItem(name: $0.key, value: $0.value) }
    if !items.isEmpty { parts.queryItems = (parts.queryItems ?? []) + items }
    return parts.string
  }
}
