/// All that the analysis reads: who took part, and their judgements. Answers that were replaced by a later attempt are
/// counted and otherwise left alone.
public struct StudyData: Sendable {
  /// The study's design.
  public var outline: StudyOutline
  /// Who took part, by their pseudonyms.
  public var participants: [Participant]
  /// The judgements that count.
  public var observations: [Observation]
  /// How many rows there were.
  public var rows: Int
  /// How many of them a later attempt replaced.
  public var replaced: Int

  /// What is known of a participant beside the judgements.
  public struct Participant: Equatable, Sendable {
    /// The pseudonym.
    public var name: String
    /// Seconds from the first screen to the last answer, summed over sittings; `nil` where times are missing.
    public var seconds: Double?
    /// The share of catch trials that are right; `nil` without any.
    public var catchShare: Double?
    /// The greatest share of one value among the ratings of a part that has at least five.
    public var sameValueShare: Double?
    /// Whether every main trial was answered; `nil` where the design isn't known.
    public var isComplete: Bool?
    /// The steps that were begun and ended.
    public var steps: [Step]
    /// Answers to questions about the person, by question.
    public var demographics: [String: String] = [:]
  }

  /// How far a participant came in a step of the study.
  public struct Step: Equatable, Sendable {
    /// A form or a part.
    public var name: String
    /// Whether anything was answered.
    public var isBegun: Bool
    /// Whether everything was.
    public var isEnded: Bool
  }

  /// Data from elsewhere.
  public init(study: String, _ observations: [Observation]) {
    let outline = StudyOutline(study: study, observations)
    self.outline = outline
    self.observations = observations
    rows = observations.count
    replaced = 0
    participants = Dictionary(grouping: observations, by: \.participant)
      .map { name, observations in
        let times = observations.map(\.reactionMilliseconds)
        // Only trials are known, and only if all of them have times is their sum a duration.
        let isTimed = !times.contains(nil)
        return Participant(
          name: name, seconds: isTimed ? Double(times.compactMap { $0 }.reduce(0, +)) / 1000 : nil,
          catchShare: Self.catchShare(observations), sameValueShare: Self.sameValueShare(observations),
          isComplete: nil,
          steps: outline.parts.map { part in
            let isBegun = observations.contains { $0.part == part.name }
            return Step(name: part.name, isBegun: isBegun, isEnded: isBegun)
          })
      }
      .sorted { $0.name < $1.name }
  }

  /// All that was written, and all words that were hidden: what a ``WordMeasure`` is asked about.
  public var texts: [String] {
    let written = observations.compactMap { observation -> String? in
      if case .word(let answer) = observation.answer { answer } else { nil }
    }
    return Set(written + outline.parts.flatMap(\.words.values)).sorted()
  }

  /// The share of catch trials that are right.
  static func catchShare(_ observations: [Observation]) -> Double? {
    let right = observations.filter { $0.kind == .catch }.compactMap(\.isRight)
    return right.isEmpty ? nil : Double(right.count { $0 }) / Double(right.count)
  }

  /// The greatest share of one value among the main ratings of a part.
  static func sameValueShare(_ observations: [Observation]) -> Double? {
    var ratings: [String: [Int]] = [:]
    for observation in observations where observation.kind == .main {
      if case .rating(let value) = observation.answer { ratings[observation.part, default: []].append(value) }
    }
    return ratings.values.filter { $0.count >= 5 }.map { values in
      let counts = Dictionary(values.map { ($0, 1) }, uniquingKeysWith: +)
      return Double(counts.values.max() ?? 0) / Double(values.count)
    }.max()
  }
}
