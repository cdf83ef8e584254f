/// A part of a study: one task on a number of targets.
public struct StudyPart: Codable, Equatable, Sendable {
  /// A short name for rows.
  public var name: String
  /// What a participant reads above the part.
  public var title: String
  /// What is asked in each trial.
  public var question: String
  /// What is to be done.
  public var task: Task
  /// Which methods a participant sees of a target.
  public var arrangement: Arrangement
  /// The methods that are compared. Their order is that of tables, not of the pages.
  public var methods: [String]
  /// The ends of the scale of ratings, or of that of confidence in choices.
  public var scale: Scale
  /// What is rated, named or chosen from.
  public var items: [StudyItem]
  /// Items whose right answer is plain (``StudyItem/Stimulus/right``).
  public var catches: [StudyItem]
  /// Items that teach the task, in their order.
  public var practice: [StudyItem]
  /// Whether practice is shown again until it is answered rightly.
  public var practiceMustBeRight: Bool
  /// How many main trials are shown a second time.
  public var repeats: Int

  /// A part from its elements.
  public init(
    name: String, title: String, question: String, task: Task, arrangement: Arrangement, methods: [String],
    scale: Scale, items: [StudyItem], catches: [StudyItem] = [], practice: [StudyItem] = [],
    practiceMustBeRight: Bool = false, repeats: Int = 0
  ) {
    self.name = name
    self.title = title
    self.question = question
    self.task = task
    self.arrangement = arrangement
    self.methods = methods
    self.scale = scale
    self.items = items
    self.catches = catches
    self.practice = practice
    self.practiceMustBeRight = practiceMustBeRight
    self.repeats = repeats
  }

  /// What is to be done.
  public enum Task: String, Codable, Sendable, CaseIterable {
    /// Each picture is scored, from 1 (worst) to 5 (best): VITAL, parts 1 and 2.
    case rating
    /// A word or short phrase is written: VITAL, part 3.
    case word
    /// Of two queries the one that belongs to the strongly exciting pictures is chosen, with a confidence from 1 to 3:
    /// Borowski et al. 2021.
    case choice
  }

  /// Which methods a participant sees of a target.
  public enum Arrangement: String, Codable, Sendable, CaseIterable {
    /// All of them in one trial.
    case together
    /// One of them, another one for each subset of the participants; each participant sees all methods alike often.
    case rotated
    /// Each of them in a trial of its own.
    case crossed
    /// One, the same for all of a participant's targets.
    case between
  }

  /// The words at the ends of a scale.
  public struct Scale: Codable, Equatable, Sendable {
    /// What 1 means.
    public var low: String
    /// What the highest number means.
    public var high: String

    /// A scale from the words at its ends.
    public init(low: String, high: String) {
      self.low = low
      self.high = high
    }
  }

  /// The items of a kind of trial; repeats are of the main ones.
  public func items(of kind: TrialKind) -> [StudyItem] {
    switch kind {
    case .practice: practice
    case .main, .repeat: items
    case .catch: catches
    }
  }
}
