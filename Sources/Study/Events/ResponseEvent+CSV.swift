import Foundation

/// Rows as CSV (RFC 4180) with a line of names; what is absent is an empty field.
///
/// Values are written as they were given. A spreadsheet takes a text that begins with `=` for a formula: import the
/// column as text there.
extension ResponseEvent {
  /// The line of names, without its end.
  public static var csvHeader: String { columns.joined(separator: ",") }

  /// The row as one record, without its end.
  public var csvRecord: String {
    fields.map { field in
      switch field {
      case .string(let text): CSVTable.quoted(text)
      case .number(let digits): digits
      default: ""
      }
    }.joined(separator: ",")
  }

  /// The rows of a CSV text whose first record is ``csvHeader``. Throws ``StudyError`` with the line that is wrong.
  public static func rows(csv: String, place: String) throws(StudyError) -> [ResponseEvent] {
    let records = try CSVReader.records(Data(csv.utf8), place: place)
    guard let names = records.first, names.fields == columns else {
      throw .malformed(place: place, reason: "the first line must be: \(csvHeader)")
    }
    var rows: [ResponseEvent] = []
    for record in records.dropFirst() {
      var members: [String: JSONValue] = [:]
      for (name, field) in zip(columns, record.fields) where !field.isEmpty {
        members[name] = numeric.contains(name) ? .number(field) : .string(field)
      }
      rows.append(try ResponseEvent(.object(members), place: "\(place):\(record.line)"))
    }
    return rows
  }

  private static let numeric: Set = ["trial_index", "position", "rt_ms", "attempt", "away_ms"]
}
