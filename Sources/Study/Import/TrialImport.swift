public import Foundation
import Support

/// Reads trial-level data of a study that was run elsewhere: a table with one trial a line.
public struct TrialImport {
  private let map: ColumnMap
  private let place: String
  private let columns: [String: Int]

  /// The trials of a table, in its order. Throws ``StudyError`` with the line of whatever can't be read; `place` is the
  /// file's name.
  public static func observations(
    _ data: Data, map: ColumnMap, place: String
  ) throws(StudyError) -> [Observation] {
    let records = try CSVReader.records(data, place: place, separator: map.separator)
    guard let header = records.first else { throw .malformed(place: place, reason: "the table is empty") }
    let reader = try TrialImport(header.fields, map: map, place: place)
    var observations: [Observation] = []
    observations.reserveCapacity(records.count)
    for record in records.dropFirst() { observations.append(try reader.observation(record)) }
    guard !observations.isEmpty else { throw .malformed(place: place, reason: "the table has no trials") }
    return observations
  }

  private init(_ header: [String], map: ColumnMap, place: String) throws(StudyError) {
    self.map = map
    self.place = place
    var columns: [String: Int] = [:]
    for (index, name) in header.enumerated() {
      guard columns.updateValue(index, forKey: name) == nil else {
        throw .malformed(place: "\(place):1", reason: "two columns are named \"\(name)\"")
      }
    }
    self.columns = columns
    for name in [
      map.subject, map.unit, map.method, map.correct, map.rating, map.confidence, map.reactionTime,
      map.catchTrial,
      map.part,
    ].compactMap({ $0 }) where columns[name] == nil {
      let hint =
        header.count == 1 && header[0].contains(";")
        ? "; fields seem to be separated by semicolons" : Suggestion.clause(for: name, among: header)
      throw .malformed(place: "\(place):1", reason: "there is no column \"\(name)\"\(hint)")
    }
  }

  private func observation(_ record: CSVReader.Record) throws(StudyError) -> Observation {
    let subject = try filled(map.subject, record)
    let unit = try filled(map.unit, record)
    let isCatch = try map.catchTrial.map { (name) throws(StudyError) in try truth(name, record) } ?? false
    let confidence = try optional(map.confidence, record) { Int($0) }
    let answer: Observation.Answer
    var isRight: Bool?
    if let column = map.correct {
      let right = try truth(column, record)
      answer = .choice(isRight: right, confidence: confidence)
      isRight = right
    } else {
      guard let rating = try optional(map.rating, record, { Int($0) }) else {
        throw fault(record, "no rating")
      }
      answer = .rating(rating)
    }
    let time = try optional(map.reactionTime, record) { Double($0) }
    let milliseconds = time.map { map.timeUnit == .seconds ? $0 * 1000 : $0 }
    if let milliseconds {
      guard milliseconds >= 0, milliseconds <= 1e9 else {
        throw fault(record, "a reaction time of \(milliseconds) ms")
      }
    }
    return Observation(
      participant: subject,
      part: try map.part.map { (name) throws(StudyError) in try filled(name, record) } ?? "trials",
      kind: isCatch ? .catch : .main, target: unit,
      method: try map.method.map { (name) throws(StudyError) in try filled(name, record) } ?? "all",
      answer: answer,
      isRight: isRight, reactionMilliseconds: milliseconds.map { Int($0.rounded()) })
  }

  private func field(_ name: String, _ record: CSVReader.Record) -> String {
    // Every record is as long as the header, which has the column.
    columns[name].map { record.fields[$0].trimmingCharacters(in: .whitespaces) } ?? ""
  }

  private func filled(_ name: String, _ record: CSVReader.Record) throws(StudyError) -> String {
    let text = field(name, record)
    guard !text.isEmpty else { throw fault(record, "\"\(name)\" is empty") }
    return text
  }

  /// `nil` for a column that isn't mapped and for a field without a value.
  private func optional<Value>(
    _ name: String?, _ record: CSVReader.Record, _ read: (String) -> Value?
  ) throws(StudyError) -> Value? {
    guard let name else { return nil }
    let text = field(name, record)
    if ["", "NA", "NaN", "nan", "null", "None"].contains(text) { return nil }
    guard let value = read(text) else {
      throw fault(record, "\"\(name)\" is \"\(text.prefix(80))\", which is no number of its kind")
    }
    return value
  }

  private func truth(_ name: String, _ record: CSVReader.Record) throws(StudyError) -> Bool {
    let text = field(name, record)
    switch text.lowercased() {
    case "1", "true", "yes", "correct", "right", "1.0": return true
    case "0", "false", "no", "incorrect", "wrong", "0.0": return false
    default:
      throw fault(record, "\"\(name)\" is \"\(text.prefix(80))\" and not true or false, yes or no, 1 or 0")
    }
  }

  private func fault(_ record: CSVReader.Record, _ reason: String) -> StudyError {
    .malformed(place: "\(place):\(record.line)", reason: reason)
  }
}
