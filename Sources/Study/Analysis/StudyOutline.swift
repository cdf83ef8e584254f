/// What the analysis must know of a study's design: its parts with their methods in the order of the pages.
public struct StudyOutline: Codable, Equatable, Sendable {
  /// The study's name.
  public var study: String
  /// The hash of its definition; `nil` for data from elsewhere.
  public var studyHash: String?
  /// Whether the answers come from a simulation and not from people.
  public var isSimulated: Bool
  /// Its parts.
  public var parts: [Part]

  /// A part of the study.
  public struct Part: Codable, Equatable, Sendable {
    /// Its name in rows.
    public var name: String
    /// Its heading.
    public var title: String
    /// What was to be done.
    public var task: StudyPart.Task
    /// The methods that are compared.
    public var methods: [String]
    /// The hidden words by target, of a free-form part.
    public var words: [String: String]
    /// How many main trials a participant has; `nil` where it isn't known.
    public var trials: Int?
  }

  /// The outline of a study that was run here.
  public init(_ definition: StudyDefinition, hash: String) {
    study = definition.name
    studyHash = hash
    isSimulated = definition.isSimulated
    parts = definition.parts.map { part in
      Part(
        name: part.name, title: part.title, task: part.task, methods: part.methods,
        words: Dictionary(
          part.items.compactMap { item in item.word.map { (item.target, $0) } },
          uniquingKeysWith: { first, _ in first }),
        trials: part.items.count * (part.arrangement == .crossed ? part.methods.count : 1))
    }
  }

  /// The outline of data from elsewhere: parts and methods as they occur, in alphabetical order.
  public init(study: String, _ observations: [Observation]) {
    self.study = study
    studyHash = nil
    isSimulated = false
    var byPart: [String: [Observation]] = [:]
    for observation in observations where observation.kind != .practice {
      byPart[observation.part, default: []].append(observation)
    }
    parts = byPart.sorted { $0.key < $1.key }.map { name, observations in
      let task: StudyPart.Task =
        switch observations[0].answer {
        case .rating: .rating
        case .choice: .choice
        case .word: .word
        }
      return Part(
        name: name, title: name, task: task,
        methods: Set(observations.filter { $0.kind == .main }.map(\.method)).sorted(), words: [:], trials: nil
      )
    }
  }
}
