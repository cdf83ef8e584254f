/// What a study is: all that is fixed before the first participant. Its hash stands in every row.
public struct StudyDefinition: Codable, Equatable, Sendable {
  /// The form of this description; 1.
  public var format = 1
  /// A short name for addresses and rows: lower-case letters, digits, hyphens.
  public var name: String
  /// The heading that participants see. It shouldn't say what is expected.
  public var title: String
  /// The language of all texts, such as `en` or `de-CH`.
  public var language: String
  /// The seed of the assignment and of the pictures' blinded names.
  public var seed: UInt64
  /// Whether answers come from a simulation and not from people; then everything made of them says so.
  public var isSimulated = false
  /// What participants read.
  public var texts: StudyTexts
  /// Questions about the instructions.
  public var comprehension: [FormQuestion]
  /// The parts in the order in which they are shown.
  public var parts: [StudyPart]
  /// Questions about the person, none of which must be answered.
  public var demographics: [FormQuestion]
  /// When a participant's rows are left out of the analysis. The rows themselves are kept.
  public var exclusions: ExclusionRules
  /// What becomes of a participant who comes back.
  public var resume: ResumePolicy
  /// What a participant gets in the end.
  public var completion: Completion

  /// A definition from its parts.
  public init(
    name: String, title: String, language: String = "en", seed: UInt64, isSimulated: Bool = false,
    texts: StudyTexts, comprehension: [FormQuestion] = [], parts: [StudyPart],
    demographics: [FormQuestion] = [],
    exclusions: ExclusionRules = .init(), resume: ResumePolicy = .resume, completion: Completion = .init()
  ) {
    self.name = name
    self.title = title
    self.language = language
    self.seed = seed
    self.isSimulated = isSimulated
    self.texts = texts
    self.comprehension = comprehension
    self.parts = parts
    self.demographics = demographics
    self.exclusions = exclusions
    self.resume = resume
    self.completion = completion
  }

  /// What becomes of a participant who reloads or comes back.
  public enum ResumePolicy: String, Codable, Sendable, CaseIterable {
    /// The study goes on where it was.
    case resume
    /// It begins anew; the earlier answers are kept, and the later ones count.
    case restart
    /// It can't be entered again.
    case block
  }

  /// What a participant gets when every answer is kept.
  public struct Completion: Codable, Equatable, Sendable {
    /// The code that a panel asks for; none is shown if it is absent.
    public var code: String?
    /// Where the participant goes back to.
    public var address: String?
    /// Names in the link of a participant that are handed on to ``address``, such as `PROLIFIC_PID`. They are kept beside
    /// the answers, not in them.
    public var passed: [String]

    /// A completion from its parts.
    public init(code: String? = nil, address: String? = nil, passed: [String] = []) {
      self.code = code
      self.address = address
      self.passed = passed
    }
  }
}

extension StudyDefinition {
  /// The SHA-256 of every picture that is shown, each once, in order.
  public var shownPictures: [String] {
    let items = parts.flatMap { $0.items + $0.catches + $0.practice }
    let digests = items.flatMap { item in
      item.references + item.stimuli.flatMap { $0.pictures + $0.opposites }
        + item.queries.flatMap { [$0.strong, $0.weak] }
    }
    return Set(digests).sorted()
  }
}
