/// One question of a trial.
public struct AssignedQuestion: Equatable, Sendable {
  /// Its name within the trial, which pages use: `rating-2`.
  public var id: String
  /// Its name in rows: `rating`.
  public var name: String
  /// The method that is judged.
  public var method: String?
  /// The picture that is judged.
  public var imageSHA256: String?
  /// Where it stands.
  public var position: Int?
  /// What may be answered.
  public var values: Values
  /// Whether a participant can't be done without it.
  public var isRequired = true
  /// The right answers, if there are any.
  public var right: [String] = []

  /// What may be answered.
  public enum Values: Equatable, Sendable {
    /// One of these.
    case oneOf([String])
    /// A word or short phrase.
    case text
  }

  /// The longest word or phrase in Unicode scalars.
  public static let longestText = 100
  static let ratings = ["1", "2", "3", "4", "5"]

  /// Throws ``StudyError/refused(place:reason:)`` for a value that isn't an answer to the question.
  func check(_ value: String, place: String) throws(StudyError) {
    switch values {
    case .oneOf(let values):
      guard values.contains(value) else {
        throw .refused(
          place: place, reason: "\"\(value.prefix(80))\" is none of \(values.joined(separator: ", "))")
      }
    case .text:
      // Nothing that breaks lines or turns the direction of what follows in a table of answers.
      let isPlain = value.unicodeScalars.allSatisfy {
        switch $0.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned: false
        default: !("\u{202A}"..."\u{202E}").contains($0) && !("\u{2066}"..."\u{2069}").contains($0)
        }
      }
      guard isPlain, value.unicodeScalars.count <= Self.longestText, !value.allSatisfy(\.isWhitespace) else {
        throw .refused(
          place: place,
          reason: "a word or phrase of at most \(Self.longestText) characters in one line is expected")
      }
    }
  }
}
