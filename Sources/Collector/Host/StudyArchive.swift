import Foundation
import GRDB
public import Study
import Support

/// A study's database, for those who run the study: on the host only, beside a running collector or without one.
public final class StudyArchive: Sendable {
  private let store: AnswerStore

  /// Opens a database that is there. Throws ``CollectorError``.
  public init(databasePath: String) throws {
    store = try AnswerStore(path: databasePath, expecting: .existing)
  }

  deinit { try? store.close() }

  /// How far a study is. Test runs are counted apart.
  public struct Status: Equatable, Sendable {
    /// The study's name.
    public var study: String
    /// The hash of its definition.
    public var studyHash: String
    /// Participants who began, and who got to the end.
    public var begun = 0
    /// Those who got to the end.
    public var completed = 0
    /// Their answers, every attempt counted.
    public var answers = 0
    /// Participants of test runs.
    public var testRuns = 0
    /// Participants who withdrew.
    public var withdrawn = 0
    /// How many completed each row of the plan that somebody completed.
    public var completedByRow: [Int: Int] = [:]
  }

  /// How far the study is. Throws ``CollectorError``.
  public func status() throws -> Status {
    try reading { database in
      let study = try AnswerSchema.study(in: database)
      var status = Status(study: study.name, studyHash: study.hash)
      func count(_ sql: String) throws -> Int {
        try Int.fetchOne(database, sql: "SELECT count(*) FROM " + sql) ?? 0
      }
      status.begun = try count("participant WHERE is_test = 0")
      status.completed = try count("participant WHERE is_test = 0 AND finished_at IS NOT NULL")
      status.answers = try count("event JOIN participant ON id = participant WHERE is_test = 0")
      status.testRuns = try count("participant WHERE is_test = 1")
      status.withdrawn = try count("withdrawal WHERE is_test = 0")
      let rows = try Row.fetchCursor(
        database,
        sql: """
          SELECT plan_row, count(*) FROM participant
          WHERE is_test = 0 AND finished_at IS NOT NULL GROUP BY plan_row
          """)
      while let row = try rows.next() { status.completedByRow[row[0]] = row[1] }
      return status
    }
  }

  /// Which answers are wanted.
  public struct Selection: Equatable, Sendable {
    /// Only the attempt that counts of each question.
    public var latestOnly = false
    /// Those of test runs instead of the others.
    public var testRuns = false
    /// Also what links handed on, such as a panel's name for a participant: with it, pseudonyms lead to people.
    public var passed = false

    /// All attempts, without test runs.
    public init() {}
  }

  /// The answers in the order in which they came. Throws ``CollectorError``.
  public func events(_ selection: Selection = .init()) throws -> [ResponseEvent] {
    try reading { database in
      try EventTable.fetch(
        "WHERE participant IN (SELECT id FROM participant WHERE is_test = ?)", [selection.testRuns],
        from: selection.latestOnly ? "latest" : "event", in: database)
    }
  }

  /// Who took part, in the order in which they began. Throws ``CollectorError``.
  func participants(testRuns: Bool) throws -> [ParticipantRecord] {
    try reading { try ParticipantRecord.all(testRuns: testRuns, in: $0) }
  }

  /// Writes a whole, checked copy of the database, while a collector may be writing. Throws ``CollectorError`` or
  /// ``FileError``; an existing file is left alone.
  public func backup(to path: String) throws {
    guard !FileManager.default.fileExists(atPath: path) else {
      throw FileError(path: path, action: "write", reason: "it exists; a backup never replaces a file")
    }
    let folder = (path as NSString).deletingLastPathComponent
    if !folder.isEmpty { try AtomicFile.makeFolder(folder) }
    let temporary = path + ".tmp-\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
    defer { unlink(temporary) }
    try writing { try $0.execute(sql: "VACUUM INTO ?", arguments: [temporary]) }
    chmod(temporary, 0o600)
    let copy = try DatabaseQueue(path: temporary)
    let fault = try copy.read { try String.fetchOne($0, sql: "PRAGMA integrity_check(1)") }
    try copy.close()
    guard fault == "ok" else {
      throw CollectorError.database(path: path, reason: "the copy is damaged: \(fault ?? "no answer")")
    }
    let descriptor = open(temporary, O_RDWR | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError(path: path, action: "write", errorNumber: errno) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0, link(temporary, path) == 0 else {
      throw FileError(path: path, action: "write", errorNumber: errno)
    }
  }

  /// Deletes what the participant with a code answered; a count is kept. Throws ``CollectorError``.
  public func withdraw(code text: String) throws {
    let unknown = CollectorError.setting("no answers have the code \"\(text)\"")
    guard let code = Secret.withdrawalCode(written: text) else { throw unknown }
    let day = String(Date().formatted(.iso8601).prefix(10))
    do {
      try writing { database in
        try database.inTransaction(.immediate) {
          try Intake.withdraw(code: code, day: day, in: database)
          return .commit
        }
        // The log would have the deleted rows until a collector empties it.
        _ = try? database.checkpoint(.truncate)
      }
    } catch IntakeFault.notFound {
      throw unknown
    }
  }

  private func reading<Value>(_ work: (Database) throws -> Value) throws -> Value {
    try translating { try store.database.read(work) }
  }

  private func writing(_ work: (Database) throws -> Void) throws {
    try translating { try store.database.writeWithoutTransaction(work) }
  }

  private func translating<Value>(_ work: () throws -> Value) throws -> Value {
    do {
      return try work()
    } catch let error as DatabaseError {
      throw CollectorError.database(path: store.path, reason: error.message ?? "\(error)")
    }
  }
}
