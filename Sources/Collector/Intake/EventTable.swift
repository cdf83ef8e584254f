import GRDB
import Study

/// Rows of the table of answers.
enum EventTable {
  private static let columns = ResponseEvent.columns.joined(separator: ", ")
  private static let insertion =
    "INSERT INTO event (\(columns), received_at) VALUES "
    + "(\(ResponseEvent.columns.map { _ in "?" }.joined(separator: ", ")), ?) ON CONFLICT (event_id) DO NOTHING"

  /// Keeps an answer. `false` if it was kept before. Throws ``IntakeFault`` if its identity is that of another one.
  static func insert(
    _ event: ResponseEvent, receivedAt: Int, place: String, in database: Database
  ) throws -> Bool {
    let statement = try database.cachedStatement(sql: insertion)
    let values: [(any DatabaseValueConvertible)?] = [
      event.study, event.studyHash, event.participant, event.session, event.trialIndex, event.trialID,
      event.part,
      event.kind.rawValue, event.target, event.method, event.imageSHA256, event.position, event.question,
      event.value,
      event.reactionMilliseconds, event.shownAt, event.answeredAt, event.attempt, event.eventID,
      event.awayMilliseconds, event.viewport, receivedAt,
    ]
    try statement.execute(arguments: StatementArguments(values))
    if database.changesCount > 0 { return true }
    let kept = try fetch("WHERE event_id = ?", [event.eventID], in: database)
    guard kept == [event] else {
      throw IntakeFault.conflict(
        place: "\(place).event_id",
        reason: "\(event.eventID) is the identity of another answer, which is kept")
    }
    return false
  }

  /// The answers that a condition selects, in the order in which they came.
  static func fetch(
    _ condition: String, _ arguments: StatementArguments, from table: String = "event", in database: Database
  ) throws -> [ResponseEvent] {
    var events: [ResponseEvent] = []
    try forEach(condition, arguments, from: table, in: database) { events.append($0) }
    return events
  }

  /// Hands the answers that a condition selects on, one by one in the order in which they came.
  static func forEach(
    _ condition: String, _ arguments: StatementArguments, from table: String = "event", in database: Database,
    _ body: (ResponseEvent) throws -> Void
  ) throws {
    let statement = try database.cachedStatement(
      sql: "SELECT \(columns) FROM \(table) \(condition) ORDER BY sequence")
    let rows = try Row.fetchCursor(statement, arguments: arguments)
    while let row = try rows.next() { try body(event(row)) }
  }

  private static func event(_ row: Row) throws -> ResponseEvent {
    guard let kind = TrialKind(rawValue: row[7]) else {
      throw IntakeFault.storage("a row of the database has an unknown kind")
    }
    return ResponseEvent(
      study: row[0], studyHash: row[1], participant: row[2], session: row[3], trialIndex: row[4],
      trialID: row[5],
      part: row[6], kind: kind, target: row[8], method: row[9], imageSHA256: row[10], position: row[11],
      question: row[12], value: row[13], reactionMilliseconds: row[14], shownAt: row[15], answeredAt: row[16],
      attempt: row[17], eventID: row[18], awayMilliseconds: row[19], viewport: row[20])
  }
}
