import Support

/// Which column of a table from elsewhere holds what.
public struct ColumnMap: Equatable, Sendable {
  /// Who answered.
  public var subject: String
  /// What it was about: a neuron, a class.
  public var unit: String
  /// The method that is compared, or the condition; absent if there is one only.
  public var method: String?
  /// Whether a choice was right.
  public var correct: String?
  /// A rating, a whole number. A table has this or ``correct``.
  public var rating: String?
  /// How sure the participant was, a whole number.
  public var confidence: String?
  /// How long it took.
  public var reactionTime: String?
  /// Whether it was a catch trial.
  public var catchTrial: String?
  /// The part or task, if the table holds several.
  public var part: String?
  /// The unit of ``reactionTime``.
  public var timeUnit = TimeUnit.milliseconds
  /// What stands between fields.
  public var separator: Character = ","

  /// The unit of a reaction time.
  public enum TimeUnit: String, Sendable, CaseIterable {
    case milliseconds, seconds
  }

  /// A map with the columns that every table must have.
  public init(subject: String, unit: String) {
    self.subject = subject
    self.unit = unit
  }

  /// The names that ``init(_:)`` knows.
  public static let names = [
    "subject", "unit", "method", "correct", "rating", "confidence", "reaction-time", "catch", "part",
    "time-unit",
    "separator",
  ]

  /// A map from words as a command line has them: `subject=worker`, `unit=neuron`, `correct=is_correct`,
  /// `reaction-time=rt`, `time-unit=seconds`, `separator=;`. Throws ``StudyError`` for other names and missing ones.
  public init(_ assignments: [String]) throws(StudyError) {
    let place = "the column map"
    var columns: [String: String] = [:]
    for assignment in assignments {
      let halves = assignment.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(
        String.init)
      guard halves.count == 2, !halves[1].isEmpty else {
        throw .malformed(
          place: place, reason: "\"\(assignment)\" should read name=column, such as subject=worker_id")
      }
      guard Self.names.contains(halves[0]) else {
        throw .malformed(
          place: place,
          reason: "unknown name \"\(halves[0])\"\(Suggestion.clause(for: halves[0], among: Self.names))")
      }
      guard columns.updateValue(halves[1], forKey: halves[0]) == nil else {
        throw .malformed(place: place, reason: "\"\(halves[0])\" is given twice")
      }
    }
    guard let subject = columns["subject"], let unit = columns["unit"] else {
      throw .malformed(place: place, reason: "it needs subject=… and unit=…")
    }
    self.init(subject: subject, unit: unit)
    method = columns["method"]
    correct = columns["correct"]
    rating = columns["rating"]
    confidence = columns["confidence"]
    reactionTime = columns["reaction-time"]
    catchTrial = columns["catch"]
    part = columns["part"]
    guard (correct == nil) != (rating == nil) else {
      throw .malformed(place: place, reason: "it needs either correct=… or rating=…")
    }
    if let name = columns["time-unit"] {
      guard let timeUnit = TimeUnit(rawValue: name) else {
        throw .malformed(place: place, reason: "time-unit is milliseconds or seconds, not \"\(name)\"")
      }
      self.timeUnit = timeUnit
    }
    if let text = columns["separator"] {
      guard let separator = ["comma": ",", "semicolon": ";", "tab": "\t", ",": ",", ";": ";"][text] else {
        throw .malformed(place: place, reason: "separator is comma, semicolon or tab, not \"\(text)\"")
      }
      self.separator = Character(separator)
    }
  }
}
