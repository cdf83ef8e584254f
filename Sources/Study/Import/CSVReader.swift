public import Foundation

/// Reads tables as RFC 4180 has them: fields between commas, in quotes where they hold a comma, a quote or a line's end;
/// lines that end in CR LF or LF; UTF-8, with or without a byte order mark. Nothing is guessed: what isn't so is an error
/// with its line.
public struct CSVReader: Sendable {
  /// One line of the table, which may run over several lines of the file.
  public struct Record: Equatable, Sendable {
    /// The line of the file on which it starts, from 1.
    public let line: Int
    /// Its fields.
    public let fields: [String]
  }

  /// The largest file, in bytes.
  public static let largestFile = 1 << 30
  /// The most fields in a line.
  public static let mostFields = 1000
  /// The longest field in bytes: far more than any study has, so that a missing quote is noticed near where it is and not
  /// at the file's end.
  public static let longestField = 1 << 20

  private let bytes: [UInt8]
  private let place: String
  private let separator: UInt8
  private var index = 0
  private var line = 1

  /// All records of a table, each with as many fields as the first. Throws ``StudyError``; `place` is the file's name.
  /// `separator` is a comma unless it is given: a semicolon or a tab.
  public static func records(
    _ data: Data, place: String, separator: Character = ","
  ) throws(StudyError) -> [Record] {
    guard let byte = separator.asciiValue, byte != quote, byte != feed, byte != carriage else {
      throw .malformed(place: place, reason: "\"\(separator)\" can't separate fields")
    }
    guard data.count <= largestFile else {
      throw .malformed(place: place, reason: "the file is larger than \(largestFile) bytes")
    }
    var reader = CSVReader(bytes: Array(data), place: place, separator: byte)
    return try reader.records()
  }

  private static let quote = UInt8(ascii: "\"")
  private static let feed = UInt8(ascii: "\n")
  private static let carriage = UInt8(ascii: "\r")

  private init(bytes: [UInt8], place: String, separator: UInt8) {
    self.bytes = bytes
    self.place = place
    self.separator = separator
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
  }

  private mutating func records() throws(StudyError) -> [Record] {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw fault("the file is in UTF-16; save it as UTF-8")
    }
    var records: [Record] = []
    while index < bytes.count, !onlyLineEndsRemain {
      let record = try record()
      if let first = records.first, record.fields.count != first.fields.count {
        throw fault(
          "\(record.fields.count) \(record.fields.count == 1 ? "field" : "fields") instead of \(first.fields.count)",
          line: record.line)
      }
      records.append(record)
    }
    return records
  }

  /// Empty lines may stand at the end, nowhere else.
  private var onlyLineEndsRemain: Bool {
    bytes[index] == Self.feed || bytes[index] == Self.carriage
      ? bytes[index...].allSatisfy { $0 == Self.feed || $0 == Self.carriage } : false
  }

  private mutating func record() throws(StudyError) -> Record {
    let start = line
    var fields: [String] = []
    while true {
      fields.append(try field())
      guard fields.count <= Self.mostFields else {
        throw fault("more than \(Self.mostFields) fields", line: start)
      }
      guard index < bytes.count else { break }
      if bytes[index] == separator {
        index += 1
        continue
      }
      // A line's end.
      index += bytes[index] == Self.carriage ? 2 : 1
      line += 1
      break
    }
    return Record(line: start, fields: fields)
  }

  /// One field; afterwards the index is at a separator, a line's end or the end.
  private mutating func field() throws(StudyError) -> String {
    let start = line
    var content: [UInt8] = []
    if index < bytes.count, bytes[index] == Self.quote {
      index += 1
      try quoted(into: &content)
      guard try atEndOfField() else { throw fault("something stands after a closing quote") }
    } else {
      while try !atEndOfField() {
        guard bytes[index] != Self.quote else {
          throw fault("a quote in a field that doesn't begin with one; put the field in quotes and double it")
        }
        try append(to: &content)
      }
    }
    guard let text = String(validating: content, as: UTF8.self) else {
      throw fault("not UTF-8; save the file as UTF-8", line: start)
    }
    return text
  }

  private mutating func quoted(into content: inout [UInt8]) throws(StudyError) {
    let start = line
    while index < bytes.count {
      if bytes[index] == Self.quote {
        index += 1
        guard index < bytes.count, bytes[index] == Self.quote else { return }
      } else if bytes[index] == Self.feed {
        line += 1
      }
      try append(to: &content)
    }
    throw fault("the quote that begins here isn't closed", line: start)
  }

  private mutating func append(to content: inout [UInt8]) throws(StudyError) {
    guard bytes[index] != 0 else { throw fault("a zero byte; this is no text") }
    guard content.count < Self.longestField else {
      throw fault("a field of more than \(Self.longestField) bytes; is a quote missing?")
    }
    content.append(bytes[index])
    index += 1
  }

  private func atEndOfField() throws(StudyError) -> Bool {
    guard index < bytes.count else { return true }
    let byte = bytes[index]
    if byte == Self.carriage {
      guard index + 1 < bytes.count, bytes[index + 1] == Self.feed else {
        throw fault("a carriage return without a line feed")
      }
      return true
    }
    return byte == separator || byte == Self.feed
  }

  private func fault(_ reason: String, line: Int? = nil) -> StudyError {
    .malformed(place: "\(place):\(line ?? self.line)", reason: reason)
  }
}
