import Foundation
import GRDB
import Study

/// Participants begin, come back and are done.
extension Intake {
  /// What a page asks for when it begins.
  struct Beginning: Sendable {
    /// The row of the plan that the participant's link names.
    var row: Int?
    /// Whether it is a test run, which is kept apart.
    var isTest = false
    /// What the link hands on.
    var passed: [String: String] = [:]
  }

  /// What a new participant is told, once.
  struct Begun: Sendable {
    let participant: String
    let token: String
    let session: String
    let row: Int
    let withdrawalCode: String
  }

  /// What a participant is told who comes back.
  struct Standing: Sendable {
    let participant: String
    let session: String
    let row: Int
    let isFinished: Bool
    /// The attempt that new answers have.
    let attempt: Int
    /// The latest answers, by trial and question as the page calls them.
    let answers: [(trial: String, question: String, value: String, attempt: Int)]
  }

  /// What a participant gets who is done.
  struct Completed: Sendable {
    let code: String?
    let address: String?
    let passed: [String: String]
  }

  /// Begins: hands out a row. Throws ``IntakeFault``.
  func begin(_ beginning: Beginning) async throws -> Begun {
    if let row = beginning.row, assignments[row] == nil {
      throw IntakeFault.refused(place: "row", reason: "the plan has no row \(row)")
    }
    for (name, value) in beginning.passed {
      guard definition.completion.passed.contains(name), value.utf8.count <= 200 else {
        throw IntakeFault.refused(
          place: "passed", reason: "\"\(name.prefix(40))\" is nothing that this study hands on, or too long")
      }
    }
    let passed = try String(decoding: JSONEncoder().encode(beginning.passed), as: UTF8.self)
    let rows = assignments.keys.sorted()
    let now = seconds
    let patience = limits.patienceSeconds
    return try await queue.perform { database in
      guard let row = try beginning.row ?? HandOut.next(of: rows, begunAfter: now - patience, in: database)
      else { throw IntakeFault.storage("the plan has no rows") }
      let begun = Begun(
        participant: Secret.identity(), token: Secret.token(), session: Secret.identity(), row: row,
        withdrawalCode: Secret.withdrawalCode())
      try database.execute(
        sql: """
          INSERT INTO participant (id, token_hash, withdrawal_hash, plan_row, is_test, begun_at, passed)
          VALUES (?, ?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          begun.participant, Secret.digest(begun.token), Secret.digest(begun.withdrawalCode), row,
          beginning.isTest,
          now, passed,
        ])
      try Self.open(begun.session, of: begun.participant, at: now, in: database)
      return begun
    }
  }

  /// Goes on by the study's policy. Throws ``IntakeFault``.
  func resume(token: String) async throws -> Standing {
    let policy = definition.resume
    let assignments = assignments
    let now = seconds
    return try await queue.perform { database in
      let participant = try ParticipantRecord(token: token, in: database)
      guard policy != .block else { throw IntakeFault.blocked }
      guard let assignment = assignments[participant.row] else {
        throw IntakeFault.storage("the plan lost row \(participant.row)")
      }
      let session = Secret.identity()
      try Self.open(session, of: participant.id, at: now, in: database)
      let latest = try EventTable.fetch(
        "WHERE participant = ?", [participant.id], from: "latest", in: database)
      let last = latest.map(\.attempt).max() ?? 0
      let goesOn = policy == .resume || participant.isFinished
      return Standing(
        participant: participant.id, session: session, row: participant.row,
        isFinished: participant.isFinished,
        attempt: goesOn ? max(1, last) : last + 1,
        answers: goesOn
          ? latest.compactMap { event in
            assignment.questionID(of: event).map { (event.trialID, $0, event.value, event.attempt) }
          } : [])
    }
  }

  /// Ends: all that must be answered is on disk. Throws ``IntakeFault`` with what is missing.
  func finish(token: String) async throws -> Completed {
    let completion = definition.completion
    let assignments = assignments
    let now = seconds
    return try await queue.perform { database in
      let participant = try ParticipantRecord(token: token, in: database)
      guard let assignment = assignments[participant.row] else {
        throw IntakeFault.storage("the plan lost row \(participant.row)")
      }
      let missing = try Self.missing(of: assignment, participant: participant.id, in: database)
      guard missing.isEmpty else {
        throw IntakeFault.conflict(
          place: "answers",
          reason: "\(missing.count) are missing: \(missing.prefix(20).joined(separator: ", "))")
      }
      try Self.end(participant.id, at: now, in: database)
      return Completed(code: completion.code, address: completion.address, passed: participant.passed)
    }
  }

  /// What a participant must still answer, as trial and question.
  static func missing(
    of assignment: StudyAssignment, participant: String, in database: Database
  ) throws -> [String] {
    let answered = Set(
      try EventTable.fetch("WHERE participant = ?", [participant], from: "latest", in: database)
        .compactMap { event in assignment.questionID(of: event).map { "\(event.trialID) \($0)" } })
    return assignment.trials.flatMap { trial in
      trial.questions.filter { $0.isRequired && !answered.contains("\(trial.id) \($0.id)") }
        .map { "\(trial.id) \($0.id)" }
    }
  }

  /// Notes that a participant got to the end.
  static func end(_ participant: String, at seconds: Int, in database: Database) throws {
    try database.execute(
      sql: "UPDATE participant SET finished_at = ? WHERE id = ? AND finished_at IS NULL",
      arguments: [seconds, participant])
  }

  /// Begins a sitting.
  static func open(
    _ session: String, of participant: String, at seconds: Int, in database: Database
  ) throws {
    try database.execute(
      sql: "INSERT INTO session (id, participant, begun_at) VALUES (?, ?, ?)",
      arguments: [session, participant, seconds])
  }
}
