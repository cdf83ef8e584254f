import Foundation
import GRDB
public import Study
import Support

/// Takes in the files that a study's page saves where there is no collector, by the rules of the collector.
///
/// A file is `{"study_hash":…,"row":17,"participant":…,"withdrawal_sha256":…,"test":false,"events":[…]}`: the events as a
/// page posts them, the participant a pseudonym that the page made, and the SHA-256 of the code that it showed for
/// withdrawing. The same file again changes nothing.
public final class ReceivingDesk: Sendable {
  /// What became of a file.
  public struct Receipt: Equatable, Sendable {
    /// Answers that weren't there yet.
    public var saved = 0
    /// Answers that were.
    public var known = 0
    /// Whether the participant has answered all that must be answered.
    public var isComplete = false
  }

  private static let names = ["study_hash", "row", "participant", "withdrawal_sha256", "test", "events"]
  private static let largest = 64 << 20

  private let store: AnswerStore
  private let hash: String
  private let assignments: [Int: StudyAssignment]

  /// A desk at a database; a new one is made if there is none. Throws ``StudyError`` or ``CollectorError``.
  public init(_ definition: StudyDefinition, _ plan: StudyPlan, databasePath: String) throws {
    hash = try definition.hash()
    assignments = try StudyAssignment.all(plan, of: definition)
    store = try AnswerStore(path: databasePath, expecting: .study(name: definition.name, hash: hash))
  }

  deinit { try? store.close() }

  /// Takes a file in, whole or not at all. Throws ``StudyError``, ``FileError`` or ``CollectorError``.
  public func receive(file path: String) throws -> Receipt {
    let file = try MappedFile(path: path)
    guard file.bytes.count <= Self.largest else {
      throw FileError(path: path, action: "read", reason: "it is larger than a participant's answers can be")
    }
    let json = try withExtendedLifetime(file) { () throws(StudyError) in
      try JSONValue(parsing: file.bytes, place: path)
    }
    let fields = try JSONFields(json, place: path, known: Self.names)
    let found = try fields.text("study_hash")
    guard found == hash else { throw StudyError.otherStudy(place: path, found: found, expected: hash) }
    let row = try fields.whole("row", in: 1...1_000_000)
    guard let assignment = assignments[row] else {
      throw StudyError.refused(place: "\(path).row", reason: "the plan has no row \(row)")
    }
    let participant = try fields.text("participant")
    guard EventForm.isParticipant(participant) else {
      throw fields.fault("participant", "16 hexadecimal digits are expected")
    }
    let withdrawal = try fields.text("withdrawal_sha256")
    guard EventForm.isDigest(withdrawal) else {
      throw fields.fault("withdrawal_sha256", "64 hexadecimal digits are expected")
    }
    let sender = Sender(
      participant: participant, withdrawal: withdrawal, row: row, isTest: try fields.flag("test"))
    let events = try fields.list("events").enumerated().map { index, value in
      let place = "\(path).events[\(index)]"
      return try assignment.event(
        for: StudyAnswer(value, place: place), participant: participant, place: place)
    }
    return try keep(events, of: sender, assignment, path: path)
  }

  /// Who sent a file.
  private struct Sender {
    let participant: String
    let withdrawal: String
    let row: Int
    let isTest: Bool
  }

  private func keep(
    _ events: [ResponseEvent], of sender: Sender, _ assignment: StudyAssignment, path: String
  ) throws -> Receipt {
    let participant = sender.participant
    let now = Int(Date().timeIntervalSince1970)
    do {
      return try store.database.write { database in
        try Self.enter(sender, at: now, path: path, in: database)
        var receipt = Receipt()
        for (index, event) in events.enumerated() {
          let place = "\(path).events[\(index)]"
          try Self.enter(event.session, of: participant, at: now, place: place, in: database)
          if try EventTable.insert(event, receivedAt: now, place: place, in: database) {
            receipt.saved += 1
          } else {
            receipt.known += 1
          }
        }
        receipt.isComplete = try Intake.missing(of: assignment, participant: participant, in: database)
          .isEmpty
        if receipt.isComplete { try Intake.end(participant, at: now, in: database) }
        return receipt
      }
    } catch IntakeFault.conflict(let place, let reason) {
      throw StudyError.refused(place: place, reason: reason)
    } catch let error as DatabaseError {
      throw CollectorError.database(path: store.path, reason: error.message ?? "\(error)")
    }
  }

  /// Makes sure that the participant is there, with this row. Nobody has a token for it.
  private static func enter(_ sender: Sender, at seconds: Int, path: String, in database: Database) throws {
    let kept = try Row.fetchOne(
      database, sql: "SELECT plan_row, is_test, withdrawal_hash FROM participant WHERE id = ?",
      arguments: [sender.participant])
    if let kept {
      guard kept[0] == sender.row, kept[1] == sender.isTest, kept[2] == sender.withdrawal else {
        throw StudyError.refused(
          place: "\(path).participant",
          reason: "is known with another row or code, so that it is somebody else's")
      }
      return
    }
    try database.execute(
      sql: """
        INSERT INTO participant (id, token_hash, withdrawal_hash, plan_row, is_test, begun_at, passed)
        VALUES (?, ?, ?, ?, ?, ?, '{}')
        """,
      arguments: [
        sender.participant, Secret.digest(Secret.token()), sender.withdrawal, sender.row, sender.isTest,
        seconds,
      ])
  }

  /// Makes sure that the sitting is there, and that it is the participant's.
  private static func enter(
    _ session: String, of participant: String, at seconds: Int, place: String, in database: Database
  ) throws {
    let owner = try String.fetchOne(
      database, sql: "SELECT participant FROM session WHERE id = ?", arguments: [session])
    guard owner == nil || owner == participant else {
      throw StudyError.refused(place: "\(place).session", reason: "it is another participant's")
    }
    if owner == nil { try Intake.open(session, of: participant, at: seconds, in: database) }
  }
}
