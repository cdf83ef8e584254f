import GRDB

/// Which row of the plan the next participant gets.
enum HandOut {
  /// The row that fewest have completed, counting those who began lately and may yet do so: of many who come at once, each
  /// gets another one, and who drops out is forgotten after a while. Test runs don't count. Of equal rows the one with fewest
  /// at work, then the first.
  static func next(
    of rows: some Sequence<Int>, begunAfter start: Int, in database: Database
  ) throws -> Int? {
    let statement = try database.cachedStatement(
      sql: """
        SELECT plan_row, count(finished_at), count(*) - count(finished_at)
        FROM participant WHERE is_test = 0 AND (finished_at IS NOT NULL OR begun_at > ?) GROUP BY plan_row
        """)
    var counts: [Int: (completed: Int, atWork: Int)] = [:]
    let found = try Row.fetchCursor(statement, arguments: [start])
    while let row = try found.next() { counts[row[0]] = (row[1], row[2]) }
    func rank(_ row: Int) -> (Int, Int, Int) {
      let count = counts[row] ?? (0, 0)
      return (count.completed + count.atWork, count.atWork, row)
    }
    return rows.min { rank($0) < rank($1) }
  }
}
