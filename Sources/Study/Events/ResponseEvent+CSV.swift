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
      case .string(let text): Self.quoted(text)
      case .number(let digits): digits
      default: ""
      }
    }.joined(separator: ",")
  }

  /// The rows of a CSV text whose first record is ``csvHeader``. Throws ``StudyError`` with the record that is wrong, from 1
  /// for the names.
  public static func rows(csv: String, place: String) throws(StudyError) -> [ResponseEvent] {
    let records = try records(csv, place: place)
    guard let names = records.first, names == columns else {
      throw .malformed(place: place, reason: "the first line must be: \(csvHeader)")
    }
    var rows: [ResponseEvent] = []
    for (index, record) in records.enumerated().dropFirst() {
      let place = "\(place): record \(index + 1)"
      guard record.count == columns.count else {
        throw .malformed(place: place, reason: "has \(record.count) fields instead of \(columns.count)")
      }
      var members: [String: JSONValue] = [:]
      for (name, field) in zip(columns, record) where !field.isEmpty {
        members[name] = numeric.contains(name) ? .number(field) : .string(field)
      }
      rows.append(try ResponseEvent(.object(members), place: place))
    }
    return rows
  }

  private static let numeric: Set = ["trial_index", "position", "rt_ms", "attempt", "away_ms"]

  private static func quoted(_ text: String) -> String {
    guard text.utf8.contains(where: { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }) else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }

  /// The fields of each record. Lines may end in LF or CR LF; empty lines at the end are none.
  private static func records(_ text: String, place: String) throws(StudyError) -> [[String]] {
    var records: [[String]] = []
    var record: [String] = []
    var field: [UInt8] = []
    var isQuoted = false
    var wasQuoted = false
    let bytes = Array(text.utf8)
    var index = 0
    func endField() {
      record.append(String(decoding: field, as: UTF8.self))
      field = []
      wasQuoted = false
    }
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if isQuoted {
        if byte != 0x22 {
          field.append(byte)
        } else if index < bytes.count, bytes[index] == 0x22 {
          field.append(byte)
          index += 1
        } else {
          isQuoted = false
        }
        continue
      }
      switch byte {
      case 0x22 where field.isEmpty && !wasQuoted: (isQuoted, wasQuoted) = (true, true)
      case 0x2C: endField()
      case 0x0D where index < bytes.count && bytes[index] == 0x0A: continue
      case 0x0A:
        endField()
        records.append(record)
        record = []
      default:
        guard !wasQuoted, byte != 0x22 else {
          throw .malformed(
            place: "\(place): record \(records.count + 1)", reason: "a quote stands within a field")
        }
        field.append(byte)
      }
    }
    guard !isQuoted else { throw .malformed(place: place, reason: "a quote isn't closed at the end") }
    if !field.isEmpty || wasQuoted || !record.isEmpty {
      endField()
      records.append(record)
    }
    return records
  }
}
