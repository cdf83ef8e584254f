/// An answer as a page sends it. It names the trial and the question and nothing of what was shown: the page doesn't know
/// which method made a picture. ``StudyAssignment/event(for:participant:)`` makes the row of it.
public struct StudyAnswer: Equatable, Sendable {
  /// The event's own identity, a UUID in lower case made by the page.
  public var eventID: String
  /// The sitting, as the collector named it.
  public var session: String
  /// The trial.
  public var trialID: String
  /// The question within the trial, such as `rating-2`.
  public var question: String
  /// The answer.
  public var value: String
  /// From 1; higher ones count instead of lower ones.
  public var attempt: Int
  /// Milliseconds from the painting of the trial to the answer.
  public var reactionMilliseconds: Int?
  /// When the trial was painted, in UTC.
  public var shownAt: String?
  /// When the answer was given, in UTC.
  public var answeredAt: String
  /// Milliseconds out of view.
  public var awayMilliseconds: Int?
  /// The size of the window, `1280x720`.
  public var viewport: String?

  /// An answer from its fields.
  public init(
    eventID: String, session: String, trialID: String, question: String, value: String, attempt: Int = 1,
    reactionMilliseconds: Int? = nil, shownAt: String? = nil, answeredAt: String,
    awayMilliseconds: Int? = nil,
    viewport: String? = nil
  ) {
    self.eventID = eventID
    self.session = session
    self.trialID = trialID
    self.question = question
    self.value = value
    self.attempt = attempt
    self.reactionMilliseconds = reactionMilliseconds
    self.shownAt = shownAt
    self.answeredAt = answeredAt
    self.awayMilliseconds = awayMilliseconds
    self.viewport = viewport
  }

  private static let names = [
    "event_id", "session", "trial_id", "question", "value", "attempt", "rt_ms", "shown_at", "answered_at",
    "away_ms", "viewport",
  ]

  /// Reads an answer. Throws ``StudyError`` for anything but exactly its fields, each of its form.
  public init(_ json: JSONValue, place: String) throws(StudyError) {
    let fields = try JSONFields(json, place: place, known: Self.names)
    self.init(
      eventID: try fields.text("event_id"), session: try fields.text("session"),
      trialID: try fields.text("trial_id"), question: try fields.text("question"),
      value: try fields.text("value"), attempt: try fields.whole("attempt", in: EventForm.attempts),
      reactionMilliseconds: try fields.optionalWhole("rt_ms", in: EventForm.milliseconds),
      shownAt: try fields.optionalText("shown_at"), answeredAt: try fields.text("answered_at"),
      awayMilliseconds: try fields.optionalWhole("away_ms", in: EventForm.milliseconds),
      viewport: try fields.optionalText("viewport"))
    try EventForm.check("event_id", eventID, EventForm.isEventID, place: place)
    try EventForm.check("session", session, EventForm.isSession, place: place)
    try EventForm.check("answered_at", answeredAt, EventForm.isTime, place: place)
    if let shownAt { try EventForm.check("shown_at", shownAt, EventForm.isTime, place: place) }
    if let viewport { try EventForm.check("viewport", viewport, EventForm.isViewport, place: place) }
  }

  /// The answer in JSON as ``init(_:place:)`` reads it.
  public var json: JSONValue {
    var members: [String: JSONValue] = [
      "event_id": .string(eventID), "session": .string(session), "trial_id": .string(trialID),
      "question": .string(question), "value": .string(value), "attempt": .number(String(attempt)),
      "answered_at": .string(answeredAt),
    ]
    members["rt_ms"] = reactionMilliseconds.map { .number(String($0)) }
    members["shown_at"] = shownAt.map(JSONValue.string)
    members["away_ms"] = awayMilliseconds.map { .number(String($0)) }
    members["viewport"] = viewport.map(JSONValue.string)
    return .object(members)
  }
}
