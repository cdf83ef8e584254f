/// A free-form answer and how near it comes to the hidden word.
public struct WordScore: Codable, Equatable, Sendable {
  /// Who wrote it.
  public let participant: String
  /// What the picture was of.
  public let target: String
  /// The method that made it.
  public let method: String
  /// The answer.
  public let answer: String
  /// The hidden word.
  public let word: String
  /// The similarity from 0 to 1.
  public let similarity: Double
  /// The words that were compared, `zebra – horse`; `nil` where the answer holds none that is known, which counts as 0.
  public let matched: String?
}

/// A measure of how near an answer comes to a word.
public struct WordMeasure: Sendable {
  /// What it is called on the page.
  public let name: String
  /// The similarity from 0 to 1 of an answer (first) and the hidden word (second), with the words that were compared.
  public let compare: @Sendable (String, String) -> Match

  /// How near two texts come.
  public struct Match: Equatable, Sendable {
    /// From 0 to 1.
    public let similarity: Double
    /// What was compared; `nil` where one of the texts holds nothing that the measure knows.
    public let matched: String?

    /// A match.
    public init(similarity: Double, matched: String?) {
      self.similarity = similarity
      self.matched = matched
    }
  }

  /// A measure.
  public init(name: String, compare: @escaping @Sendable (String, String) -> Match) {
    self.name = name
    self.compare = compare
  }
}
