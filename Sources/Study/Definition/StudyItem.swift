/// A target with the pictures that are shown of it.
public struct StudyItem: Codable, Equatable, Sendable {
  /// Its name within the part.
  public var name: String
  /// What it is of, for rows: a class, or the address of a unit.
  public var target: String
  /// The word that is shown with it; in a free-form part the hidden one.
  public var word: String?
  /// SHA-256 of natural pictures that are shown beside: the crops that excite a neuron most.
  public var references: [String]
  /// What is judged: of each method one.
  public var stimuli: [Stimulus]
  /// Pairs of natural pictures of which one is to be chosen; of a choice only.
  public var queries: [Query]

  /// An item from its pictures.
  public init(
    name: String, target: String, word: String? = nil, references: [String] = [], stimuli: [Stimulus],
    queries: [Query] = []
  ) {
    self.name = name
    self.target = target
    self.word = word
    self.references = references
    self.stimuli = stimuli
    self.queries = queries
  }

  /// What one method shows of a target, by the SHA-256 of its pictures.
  public struct Stimulus: Codable, Equatable, Sendable {
    /// The method, or a name of its own in practice and catch trials.
    public var method: String
    /// The picture that is judged; in a choice the grid of those that excite most.
    public var pictures: [String]
    /// In a choice the grid of those that excite least.
    public var opposites: [String]
    /// The ratings or words that are right, in practice and catch trials. A choice needs none: the query that excites more
    /// is right.
    public var right: [String]

    /// A stimulus from its pictures.
    public init(method: String, pictures: [String], opposites: [String] = [], right: [String] = []) {
      self.method = method
      self.pictures = pictures
      self.opposites = opposites
      self.right = right
    }
  }

  /// Two natural pictures, one of which excites the target and the other doesn't.
  public struct Query: Codable, Equatable, Sendable {
    /// SHA-256 of the one that excites strongly, which is the right answer.
    public var strong: String
    /// SHA-256 of the one that excites weakly.
    public var weak: String

    /// A pair.
    public init(strong: String, weak: String) {
      self.strong = strong
      self.weak = weak
    }
  }
}
