import Foundation
import GRDB

/// A participant as the database knows one.
struct ParticipantRecord: Sendable {
  let id: String
  let row: Int
  let isTest: Bool
  let begunAt: Int
  let finishedAt: Int?
  let passed: [String: String]

  var isFinished: Bool { finishedAt != nil }

  private static let columns = "id, plan_row, is_test, begun_at, finished_at, passed"

  /// The participant who has a token. Throws ``IntakeFault/unknownToken``, or ``IntakeFault/withdrawn``.
  init(token: String, in database: Database) throws {
    let statement = try database.cachedStatement(
      sql: "SELECT \(Self.columns) FROM participant WHERE token_hash = ?")
    let digest = Secret.digest(token)
    guard let row = try Row.fetchOne(statement, arguments: [digest]) else {
      let withdrawals = try database.cachedStatement(
        sql: "SELECT count(*) FROM withdrawal WHERE token_hash = ?")
      let isWithdrawn = try Int.fetchOne(withdrawals, arguments: [digest]) != 0
      throw isWithdrawn ? IntakeFault.withdrawn : .unknownToken
    }
    try self.init(row)
  }

  private init(_ row: Row) throws {
    id = row[0]
    self.row = row[1]
    isTest = row[2]
    begunAt = row[3]
    finishedAt = row[4]
    passed = try JSONDecoder().decode([String: String].self, from: Data((row[5] as String).utf8))
  }

  /// The participants in the order in which they began: those of test runs, or the others.
  static func all(testRuns: Bool, in database: Database) throws -> [ParticipantRecord] {
    let sql = "SELECT \(columns) FROM participant WHERE is_test = ? ORDER BY rowid"
    return try Row.fetchAll(database, sql: sql, arguments: [testRuns]).map { try ParticipantRecord($0) }
  }

  /// The participant's sittings, the last one first.
  func sessions(in database: Database) throws -> [String] {
    let statement = try database.cachedStatement(
      sql: "SELECT id FROM session WHERE participant = ? ORDER BY rowid DESC")
    return try String.fetchAll(statement, arguments: [id])
  }
}
