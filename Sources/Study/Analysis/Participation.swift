/// Who took part, and how far they came.
public struct Participation: Codable, Equatable, Sendable {
  /// How many participants have a row.
  public let begun: Int
  /// How many of them answered every main trial; `nil` where the design isn't known.
  public let complete: Int?
  /// The median duration in seconds.
  public let medianSeconds: Double?
  /// How many came to each step, and how many through it.
  public let steps: [Step]
  /// Answers to questions about the person.
  public let demographics: [Question]

  /// A step of the study.
  public struct Step: Codable, Equatable, Sendable {
    /// A form or a part.
    public let name: String
    /// How many answered something there.
    public let begun: Int
    /// How many answered everything there.
    public let ended: Int
  }

  /// A question about the person.
  public struct Question: Codable, Equatable, Sendable {
    /// Its name in rows.
    public let name: String
    /// The answers with their numbers.
    public let answers: [Answer]
  }

  /// An answer to a question about the person.
  public struct Answer: Codable, Equatable, Sendable {
    /// The band.
    public let value: String
    /// How many chose it.
    public let count: Int
  }

  /// Counts participants.
  init(_ participants: [StudyData.Participant]) {
    begun = participants.count
    complete =
      participants.contains { $0.isComplete != nil } ? participants.count { $0.isComplete == true } : nil
    medianSeconds = Sample.median(participants.compactMap(\.seconds))
    let names = participants.first?.steps.map(\.name) ?? []
    steps = names.map { name in
      let own = participants.flatMap { $0.steps.filter { $0.name == name } }
      return Step(name: name, begun: own.count(where: \.isBegun), ended: own.count(where: \.isEnded))
    }
    demographics = Set(participants.flatMap(\.demographics.keys)).sorted().map { name in
      let counts = Dictionary(
        participants.compactMap { $0.demographics[name] }.map { ($0, 1) }, uniquingKeysWith: +)
      return Question(
        name: name, answers: counts.sorted { $0.key < $1.key }.map { Answer(value: $0.key, count: $0.value) })
    }
  }
}
