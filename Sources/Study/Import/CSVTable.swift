/// A table that is written as CSV (RFC 4180, lines end in LF).
public struct CSVTable: Equatable, Sendable {
  /// The file's name without its ending, such as `methods`.
  public let name: String
  /// What a row is.
  public let meaning: String
  /// The columns from the left to the right.
  public let columns: [Column]
  /// The rows, each with a field for every column.
  public private(set) var rows: [[Field]] = []

  /// A column.
  public struct Column: Equatable, Sendable {
    /// Its name in the first line.
    public let name: String
    /// What it holds.
    public let meaning: String
  }

  /// What stands in a field.
  public enum Field: Equatable, Sendable {
    /// A text, which may come from a participant.
    case text(String)
    /// A number; one that isn't finite is written as nothing.
    case number(Double)
    /// A whole number.
    case count(Int)
    /// Nothing.
    case empty

    /// A text, or nothing.
    public static func optional(_ text: String?) -> Field { text.map(Field.text) ?? .empty }

    /// A number, or nothing.
    public static func optional(_ number: Double?) -> Field { number.map(Field.number) ?? .empty }

    /// A whole number, or nothing.
    public static func optional(_ count: Int?) -> Field { count.map(Field.count) ?? .empty }
  }

  /// A table without rows, its columns by name and meaning.
  public init(_ name: String, _ meaning: String, columns: [(name: String, meaning: String)]) {
    self.name = name
    self.meaning = meaning
    self.columns = columns.map { Column(name: $0.name, meaning: $0.meaning) }
  }

  /// Adds a row; fields that are missing at its end are empty.
  public mutating func append(_ fields: [Field]) {
    let missing = max(0, columns.count - fields.count)
    rows.append(Array(fields.prefix(columns.count)) + Array(repeating: .empty, count: missing))
  }

  /// The table with one more column that holds the same everywhere.
  func marked(_ column: Column, _ field: Field) -> CSVTable {
    var table = CSVTable(name, meaning, columns: (columns + [column]).map { ($0.name, $0.meaning) })
    for row in rows { table.append(row + [field]) }
    return table
  }

  /// The table with its line of names.
  public var text: String {
    ([columns.map { Self.guarded($0.name) }] + rows.map { $0.map(Self.written) })
      .map { $0.joined(separator: ",") + "\n" }.joined()
  }

  private static func written(_ field: Field) -> String {
    switch field {
    case .text(let text): guarded(text)
    case .number(let number): number.isFinite ? String(number) : ""
    case .count(let count): String(count)
    case .empty: ""
    }
  }

  /// A text that a spreadsheet would take for a formula gets an apostrophe before it: participants' words must not run
  /// on the machine of whoever opens the table.
  private static func guarded(_ text: String) -> String {
    // Spaces before don't keep a spreadsheet from it.
    let start = text.unicodeScalars.first { $0 != " " }
    let isFormula = start.map { "=+-@\t\r\n|％＝＋－＠".unicodeScalars.contains($0) } ?? false
    return quoted(isFormula ? "'" + text : text)
  }

  /// A field as RFC 4180 has it.
  static func quoted(_ text: String) -> String {
    guard text.utf8.contains(where: { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }) else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }
}
