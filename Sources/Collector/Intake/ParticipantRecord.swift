import Foundation
import GRDB

/// A participant as the database knows one.
struct ParticipantRecord: Sendable {
  let id: String
  let row: Int
  let isTest: Bool
  let isFinished: Bool
  let passed: [String: String]

  /// The participant who has a token. Throws ``IntakeFault/unknownToken``.
  init(token: String, in database: Database) throws {
    let statement = try database.cachedStatement(
      sql: "SELECT id, plan_row, is_test, finished_at, passed FROM participant WHERE token_hash = ?")
    guard let row = try Row.fetchOne(statement, arguments: [Secret.digest(token)]) else {
      throw IntakeFault.unknownToken
    }
    id = row[0]
    self.row = row[1]
    isTest = row[2]
    isFinished = (row[3] as Int?) != nil
    passed = try JSONDecoder().decode([String: String].self, from: Data((row[4] as String).utf8))
  }

  /// The participant's sittings, the last one first.
  func sessions(in database: Database) throws -> [String] {
    let statement = try database.cachedStatement(
      sql: "SELECT id FROM session WHERE participant = ? ORDER BY rowid DESC")
    return try String.fetchAll(statement, arguments: [id])
  }
}
