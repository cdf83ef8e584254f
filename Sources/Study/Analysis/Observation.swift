/// One judgement in the form in which it is analyzed, whether it was collected here or comes from elsewhere.
public struct Observation: Equatable, Sendable {
  /// Who judged.
  public var participant: String
  /// The part of the study.
  public var part: String
  /// What the trial was for.
  public var kind: TrialKind
  /// What the picture was of.
  public var target: String
  /// The method that made it.
  public var method: String
  /// The SHA-256 of what was judged, which tells trials on the same target apart.
  public var picture: String?
  /// The judgement.
  public var answer: Answer
  /// Whether it was right, where something is.
  public var isRight: Bool?
  /// Milliseconds from the painting of the trial to the answer.
  public var reactionMilliseconds: Int?

  /// A judgement.
  public enum Answer: Equatable, Sendable {
    /// A point of a scale, 5 for the best.
    case rating(Int)
    /// One of two, and how sure from 1 to 3.
    case choice(isRight: Bool, confidence: Int?)
    /// A word or short phrase.
    case word(String)
  }

  /// A judgement from its fields.
  public init(
    participant: String, part: String, kind: TrialKind = .main, target: String, method: String,
    picture: String? = nil, answer: Answer, isRight: Bool? = nil, reactionMilliseconds: Int? = nil
  ) {
    self.participant = participant
    self.part = part
    self.kind = kind
    self.target = target
    self.method = method
    self.picture = picture
    self.answer = answer
    self.isRight = isRight
    self.reactionMilliseconds = reactionMilliseconds
  }
}
