import GRDB
import Study

/// The tables of a study's answers.
enum AnswerSchema {
  /// The version of the tables, kept as SQLite's `user_version`.
  private static let version = 2
  /// "VTRS", kept as SQLite's `application_id`.
  private static let application = 0x5654_5253

  /// Makes the tables in an empty file, or makes sure that those there are of the study. Throws ``CollectorError``.
  static func make(in database: Database, _ expectation: AnswerStore.Expectation, path: String) throws {
    let found = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    let owner = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
    let isEmpty = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") == 0
    if case .study(let name, let hash) = expectation, isEmpty {
      try database.execute(sql: tables)
      try database.execute(
        sql: "INSERT INTO study (name, hash) VALUES (?, ?)", arguments: [name, hash])
      try database.execute(sql: "PRAGMA user_version = \(version)")
      try database.execute(sql: "PRAGMA application_id = \(application)")
      return
    }
    guard owner == application, found == version else {
      throw CollectorError.database(
        path: path, reason: "the file holds something else than answers to a study")
    }
    if case .study(let name, let hash) = expectation {
      let study = try self.study(in: database)
      guard study.name == name, study.hash == hash else {
        throw CollectorError.otherStudy(
          path: path, found: "\(study.name) (\(study.hash))", expected: "\(name) (\(hash))")
      }
    }
  }

  /// The study whose answers are kept.
  static func study(in database: Database) throws -> (name: String, hash: String) {
    let row = try Row.fetchOne(database, sql: "SELECT name, hash FROM study")
    return (row?["name"] ?? "", row?["hash"] ?? "")
  }

  /// A withdrawal keeps the digest of the participant's token, which only the participant's browser has: its page must learn
  /// that the answers are withdrawn, and not send them again. The columns of `event` beside those of a row of data have `received_at`, the collector's own clock.
  private static let tables = """
    CREATE TABLE study (name TEXT NOT NULL, hash TEXT NOT NULL) STRICT;
    CREATE TABLE participant (
      id TEXT PRIMARY KEY NOT NULL,
      token_hash TEXT UNIQUE NOT NULL,
      withdrawal_hash TEXT UNIQUE NOT NULL,
      plan_row INTEGER NOT NULL,
      is_test INTEGER NOT NULL CHECK (is_test IN (0, 1)),
      begun_at INTEGER NOT NULL,
      finished_at INTEGER,
      passed TEXT NOT NULL
    ) STRICT;
    CREATE INDEX participant_row ON participant (is_test, plan_row);
    CREATE TABLE session (
      id TEXT PRIMARY KEY NOT NULL,
      participant TEXT NOT NULL REFERENCES participant (id) ON DELETE CASCADE,
      begun_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX session_participant ON session (participant);
    CREATE TABLE event (
      sequence INTEGER PRIMARY KEY AUTOINCREMENT,
      study TEXT NOT NULL, study_hash TEXT NOT NULL, participant TEXT NOT NULL REFERENCES participant (id),
      session TEXT NOT NULL, trial_index INTEGER NOT NULL, trial_id TEXT NOT NULL, part TEXT NOT NULL,
      kind TEXT NOT NULL, target TEXT, method TEXT, image_sha256 TEXT, position INTEGER, question TEXT NOT NULL,
      value TEXT NOT NULL, rt_ms INTEGER, shown_at TEXT, answered_at TEXT NOT NULL, attempt INTEGER NOT NULL,
      event_id TEXT UNIQUE NOT NULL, away_ms INTEGER, viewport TEXT,
      received_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX event_question ON event (participant, trial_id, question, position, attempt);
    CREATE TABLE withdrawal (
      id INTEGER PRIMARY KEY AUTOINCREMENT, day TEXT NOT NULL, is_test INTEGER NOT NULL, events INTEGER NOT NULL,
      token_hash TEXT UNIQUE NOT NULL
    ) STRICT;
    CREATE TABLE filling (content BLOB NOT NULL) STRICT;
    CREATE TABLE withdrawing (participant TEXT PRIMARY KEY NOT NULL) STRICT;
    CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
      BEGIN SELECT RAISE(ABORT, 'answers are never changed'); END;
    CREATE TRIGGER event_is_deleted_by_withdrawal BEFORE DELETE ON event
      WHEN OLD.participant NOT IN (SELECT participant FROM withdrawing)
      BEGIN SELECT RAISE(ABORT, 'answers are deleted by a withdrawal only'); END;
    CREATE VIEW latest AS SELECT * FROM event AS one WHERE sequence = (
      SELECT sequence FROM event AS other
      WHERE other.participant = one.participant AND other.trial_id = one.trial_id
        AND other.question = one.question AND other.position IS one.position
      ORDER BY other.attempt DESC, other.sequence DESC LIMIT 1);
    """
}
