import Foundation
import GRDB
import Study

/// The database of a study's answers: opened so that what is committed is on disk.
final class AnswerStore: Sendable {
  let path: String
  let database: DatabaseQueue

  /// What the file must hold.
  enum Expectation {
    /// A study's answers; a new file is made if there is none.
    case study(name: String, hash: String)
    /// Any study's answers; the file must be there.
    case existing
  }

  /// Opens or makes a database. `fileSystem` tells the kind of a folder's file system. Throws ``CollectorError``.
  init(
    path: String, expecting expectation: Expectation, maximumBytes: Int? = nil,
    fileSystem: (String) -> Int? = FileSystem.kind
  ) throws(CollectorError) {
    self.path = path
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    guard let kind = fileSystem(folder) else {
      throw .database(path: path, reason: "there is no folder \(folder); make it first")
    }
    if let name = FileSystem.networkName(kind: kind) {
      throw .database(
        path: path,
        reason:
          "the folder is on a network file system (\(name)), where neither locks nor syncing can be relied on; "
          + "take a folder on a disk of this machine")
    }
    do {
      if case .existing = expectation {
        guard FileManager.default.fileExists(atPath: path) else {
          throw CollectorError.database(path: path, reason: "there is no such file")
        }
      } else {
        try Self.create(path, in: folder)
      }
      database = try DatabaseQueue(path: path, configuration: Self.configuration)
      try Self.prepare(database, expectation, path: path, maximumBytes: maximumBytes)
    } catch let error as CollectorError {
      throw error
    } catch let error as DatabaseError {
      throw .database(path: path, reason: error.message ?? "\(error)")
    } catch {
      throw .database(path: path, reason: "\(error)")
    }
  }

  /// Closes the database; its log is brought into the file. Throws ``CollectorError``.
  func close() throws(CollectorError) {
    do {
      try database.close()
    } catch {
      throw .database(path: path, reason: "\(error)")
    }
  }

  private static var configuration: Configuration {
    var configuration = Configuration()
    configuration.label = "answers"
    configuration.journalMode = .wal
    // Another process of this program (export, backup, withdrawal) may hold the lock for a moment.
    configuration.busyMode = .timeout(10)
    configuration.foreignKeysEnabled = true
    configuration.prepareDatabase { database in
      // What is withdrawn is overwritten, not just unlinked.
      try database.execute(sql: "PRAGMA secure_delete = ON")
      try database.execute(sql: "PRAGMA trusted_schema = OFF")
    }
    return configuration
  }

  /// Makes an empty file that only its owner reads, since SQLite would make one that all may.
  private static func create(_ path: String, in folder: String) throws {
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw CollectorError.database(path: path, reason: String(cString: strerror(errno)))
    }
    Foundation.close(descriptor)
    let directory = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard directory >= 0 else { return }
    fsync(directory)
    Foundation.close(directory)
  }

  private static func prepare(
    _ queue: DatabaseQueue, _ expectation: Expectation, path: String, maximumBytes: Int?
  ) throws {
    try queue.writeWithoutTransaction { database in
      // GRDB takes NORMAL with a write-ahead log, which may lose the last commits when the power fails
      // (https://www.sqlite.org/pragma.html#pragma_synchronous).
      try database.execute(sql: "PRAGMA synchronous = FULL")
      let journal = try String.fetchOne(database, sql: "PRAGMA journal_mode")
      let synchronous = try Int.fetchOne(database, sql: "PRAGMA synchronous")
      guard journal == "wal", synchronous == 2 else {
        throw CollectorError.database(
          path: path,
          reason: "what is acknowledged would not be on disk: the journal is "
            + "\(journal ?? "unknown"), syncing is at level \(synchronous ?? 0) of 2")
      }
      if let maximumBytes, let page = try Int.fetchOne(database, sql: "PRAGMA page_size") {
        try database.execute(sql: "PRAGMA max_page_count = \(max(1, maximumBytes / page))")
      }
      let fault = try String.fetchOne(database, sql: "PRAGMA quick_check(1)")
      guard fault == "ok" else {
        throw CollectorError.database(path: path, reason: "the file is damaged: \(fault ?? "no answer")")
      }
      try database.inTransaction(.immediate) {
        try AnswerSchema.make(in: database, expectation, path: path)
        return .commit
      }
    }
  }
}
