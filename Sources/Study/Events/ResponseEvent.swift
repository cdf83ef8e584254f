/// One answer to one question: a row of a study's data.
///
/// Times are those of the participant's browser, in UTC; an answer that came by a form without JavaScript has none but
/// ``answeredAt``, which then is the collector's.
public struct ResponseEvent: Equatable, Sendable {
  /// The study's name.
  public var study: String
  /// The SHA-256 of the study's definition, which the participant saw.
  public var studyHash: String
  /// A pseudonym of 16 hexadecimal digits.
  public var participant: String
  /// A sitting: a participant who comes back has several.
  public var session: String
  /// The place of the trial in the participant's study, from 1; consent and other forms count too.
  public var trialIndex: Int
  /// The trial within the participant's assignment; it tells nothing of its content. Forms are called by ``StudyForm``.
  public var trialID: String
  /// The part of the study, or the form.
  public var part: String
  /// What the trial is for.
  public var kind: TrialKind
  /// What the pictures are of; `nil` in forms.
  public var target: String?
  /// The method that made what was judged; `nil` in forms.
  public var method: String?
  /// The SHA-256 of the picture that was judged; in a choice, of the query that excites more. `nil` in forms.
  public var imageSHA256: String?
  /// Where that picture stood, from 1; a choice is right if its value is this position. `nil` in forms.
  public var position: Int?
  /// `rating`, `word`, `choice`, `confidence`, or the question of a form.
  public var question: String
  /// The answer, such as `4`.
  public var value: String
  /// Milliseconds from the painting of the trial to the answer.
  public var reactionMilliseconds: Int?
  /// When the trial was painted.
  public var shownAt: String?
  /// When the answer was given.
  public var answeredAt: String
  /// From 1; a later attempt at the same question counts instead of the earlier ones.
  public var attempt: Int
  /// The event's own identity, a UUID in lower case.
  public var eventID: String
  /// Milliseconds of the reaction time in which the page wasn't in view.
  public var awayMilliseconds: Int?
  /// The size of the window in CSS pixels, `1280x720`.
  public var viewport: String?

  /// A row from its fields.
  public init(
    study: String, studyHash: String, participant: String, session: String, trialIndex: Int, trialID: String,
    part: String, kind: TrialKind, target: String?, method: String?, imageSHA256: String?, position: Int?,
    question: String, value: String, reactionMilliseconds: Int?, shownAt: String?, answeredAt: String,
    attempt: Int, eventID: String, awayMilliseconds: Int?, viewport: String?
  ) {
    self.study = study
    self.studyHash = studyHash
    self.participant = participant
    self.session = session
    self.trialIndex = trialIndex
    self.trialID = trialID
    self.part = part
    self.kind = kind
    self.target = target
    self.method = method
    self.imageSHA256 = imageSHA256
    self.position = position
    self.question = question
    self.value = value
    self.reactionMilliseconds = reactionMilliseconds
    self.shownAt = shownAt
    self.answeredAt = answeredAt
    self.attempt = attempt
    self.eventID = eventID
    self.awayMilliseconds = awayMilliseconds
    self.viewport = viewport
  }
}
