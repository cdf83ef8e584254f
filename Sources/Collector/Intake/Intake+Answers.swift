import Foundation
import GRDB
import Study

/// Answers are kept.
extension Intake {
  /// What became of an answer.
  enum Outcome: String, Sendable {
    /// It is on disk now.
    case saved
    /// It was on disk already.
    case known
  }

  /// Keeps answers: all of them or, if one is refused, none. Throws ``IntakeFault``.
  func keep(_ answers: [StudyAnswer], token: String) async throws -> [Outcome] {
    let assignments = assignments
    let now = seconds
    return try await queue.perform { database in
      let participant = try ParticipantRecord(token: token, in: database)
      let sessions = Set(try participant.sessions(in: database))
      guard let assignment = assignments[participant.row] else {
        throw IntakeFault.storage("the plan lost row \(participant.row)")
      }
      return try answers.enumerated().map { index, answer in
        let place = "events[\(index)]"
        guard sessions.contains(answer.session) else {
          throw IntakeFault.refused(place: "\(place).session", reason: "isn't one of this participant")
        }
        let event = try Self.translating { () throws(StudyError) in
          try assignment.event(for: answer, participant: participant.id, place: place)
        }
        let isNew = try EventTable.insert(event, receivedAt: now, place: place, in: database)
        return isNew ? .saved : .known
      }
    }
  }

  /// Keeps the answers of a plain form to one trial, by the questions' names. A form that is sent twice with the same answers
  /// is kept once; another answer counts from then on. Throws ``IntakeFault``.
  func keep(form values: [String: String], trial id: String, token: String) async throws {
    let assignments = assignments
    let now = seconds
    let time = timestamp
    try await queue.perform { database in
      let participant = try ParticipantRecord(token: token, in: database)
      guard let assignment = assignments[participant.row],
        let session = try participant.sessions(in: database).first
      else { throw IntakeFault.storage("the plan lost row \(participant.row)") }
      let missing = assignment.trial(id)?.questions.filter { $0.isRequired && values[$0.id] == nil } ?? []
      guard missing.isEmpty else {
        throw IntakeFault.refused(
          place: missing.map(\.id).joined(separator: ", "), reason: "an answer is missing")
      }
      for (question, value) in values.sorted(by: { $0.key < $1.key }) {
        var answer = StudyAnswer(
          eventID: Secret.eventID(), session: session, trialID: id, question: question, value: value,
          answeredAt: time)
        let event = try Self.translating { () throws(StudyError) in
          try assignment.event(for: answer, participant: participant.id, place: "form")
        }
        let kept = try EventTable.fetch(
          "WHERE participant = ? AND trial_id = ? AND question = ? AND position IS ?",
          [participant.id, id, event.question, event.position], from: "latest", in: database
        ).last
        if kept?.value == value { continue }
        answer.attempt = (kept?.attempt ?? 0) + 1
        let newer = try Self.translating { () throws(StudyError) in
          try assignment.event(for: answer, participant: participant.id, place: "form")
        }
        _ = try EventTable.insert(newer, receivedAt: now, place: "form", in: database)
      }
    }
  }

  /// Deletes all that a participant answered and keeps a count. Throws ``IntakeFault`` if no participant has the code.
  func withdraw(code text: String) async throws {
    guard let code = Secret.withdrawalCode(written: text) else {
      throw IntakeFault.notFound("no answers have this code")
    }
    let day = String(timestamp.prefix(10))
    try await queue.perform { try Self.withdraw(code: code, day: day, in: $0) }
    await emptyLog()
  }

  /// Deletes in a transaction.
  static func withdraw(code: String, day: String, in database: Database) throws {
    let row = try Row.fetchOne(
      database, sql: "SELECT id, is_test, token_hash FROM participant WHERE withdrawal_hash = ?",
      arguments: [Secret.digest(code)])
    guard let row else { throw IntakeFault.notFound("no answers have this code") }
    let (participant, isTest, token): (String, Bool, String) = (row[0], row[1], row[2])
    try database.execute(sql: "INSERT INTO withdrawing VALUES (?)", arguments: [participant])
    try database.execute(sql: "DELETE FROM event WHERE participant = ?", arguments: [participant])
    let events = database.changesCount
    try database.execute(sql: "DELETE FROM participant WHERE id = ?", arguments: [participant])
    try database.execute(sql: "DELETE FROM withdrawing WHERE participant = ?", arguments: [participant])
    try database.execute(
      sql: "INSERT INTO withdrawal (day, is_test, events, token_hash) VALUES (?, ?, ?, ?)",
      arguments: [day, isTest, events, token])
  }

  /// Brings the log into the file and empties it, so that what was deleted isn't in it either. If a reader is in the way, the
  /// next checkpoint does it.
  private func emptyLog() async {
    await withCheckedContinuation { continuation in
      store.database.asyncWriteWithoutTransaction { database in
        _ = try? database.checkpoint(.truncate)
        continuation.resume()
      }
    }
  }

  private static func translating<Value>(_ work: () throws(StudyError) -> Value) throws(IntakeFault) -> Value
  {
    do { return try work() } catch { throw IntakeFault(error) }
  }
}
