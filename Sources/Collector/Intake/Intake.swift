import Foundation
import GRDB
import Study
import Synchronization

/// What participants may do in a study. Each request is one piece of work in a ``CommitQueue``: all of it or nothing.
final class Intake: Sendable {
  let definition: StudyDefinition
  let hash: String
  let assignments: [Int: StudyAssignment]
  let store: AnswerStore
  let queue: CommitQueue
  let limits: CollectorLimits
  private let clock: @Sendable () -> Date

  /// The intake of a study in a database. Throws ``StudyError`` or ``CollectorError``.
  init(
    _ definition: StudyDefinition, _ plan: StudyPlan, databasePath: String, limits: CollectorLimits,
    clock: @escaping @Sendable () -> Date = { Date() }
  ) throws {
    self.definition = definition
    self.limits = limits
    self.clock = clock
    hash = try definition.hash()
    assignments = try StudyAssignment.all(plan, of: definition)
    store = try AnswerStore(
      path: databasePath, expecting: .study(name: definition.name, hash: hash),
      maximumBytes: limits.databaseBytes)
    queue = CommitQueue(store, capacity: limits.waitingRequests)
  }

  /// The collector's clock, in seconds since 1970.
  var seconds: Int { Int(clock().timeIntervalSince1970) }

  /// The collector's clock as browsers write time.
  var timestamp: String { clock().formatted(.iso8601.time(includingFractionalSeconds: true)) }

  /// Throws ``IntakeFault`` unless a page shows the very study that is collected.
  func checkHash(_ found: String) throws(IntakeFault) {
    guard found == hash else {
      throw .conflict(
        place: "study_hash", reason: "the page shows another version of the study; load it again")
    }
  }

  /// Throws ``IntakeFault`` unless the answers can be kept: the last commit went well, or another one does now.
  func checkReady() async throws {
    let folder = URL(fileURLWithPath: store.path).deletingLastPathComponent().path
    // SQLite's log needs some room before the next commit.
    guard FileSystem.freeBytes(in: folder) > 16 << 20 else { throw IntakeFault.full }
    guard queue.lastFault != nil else { return }
    // As much as some requests need; the room stays the file's.
    try await queue.perform {
      try $0.execute(sql: "INSERT INTO filling VALUES (zeroblob(65536)); DELETE FROM filling")
    }
  }
}
