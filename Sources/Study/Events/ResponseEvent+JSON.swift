/// Rows as JSON Lines.
extension ResponseEvent {
  /// The names of the fields, in the order of a row.
  public static let columns = [
    "study", "study_hash", "participant", "session", "trial_index", "trial_id", "part", "kind", "target",
    "method",
    "image_sha256", "position", "question", "value", "rt_ms", "shown_at", "answered_at", "attempt",
    "event_id",
    "away_ms", "viewport",
  ]

  /// The fields in the order of ``columns``; what is absent is null.
  var fields: [JSONValue] {
    func text(_ value: String?) -> JSONValue { value.map(JSONValue.string) ?? .null }
    func number(_ value: Int?) -> JSONValue { value.map { .number(String($0)) } ?? .null }
    return [
      text(study), text(studyHash), text(participant), text(session), number(trialIndex), text(trialID),
      text(part),
      text(kind.rawValue), text(target), text(method), text(imageSHA256), number(position), text(question),
      text(value), number(reactionMilliseconds), text(shownAt), text(answeredAt), number(attempt),
      text(eventID),
      number(awayMilliseconds), text(viewport),
    ]
  }

  /// The row as one line of JSON without its end, its names in the order of ``columns``.
  public var jsonLine: String {
    let members = zip(Self.columns, fields).map { "\"\($0)\":\($1.canonical)" }
    return "{" + members.joined(separator: ",") + "}"
  }

  /// Reads a row back. Throws ``StudyError`` for anything but exactly the fields of a row, each of its form.
  public init(_ json: JSONValue, place: String) throws(StudyError) {
    let fields = try JSONFields(json, place: place, known: Self.columns)
    let kindName = try fields.text("kind")
    guard let kind = TrialKind(rawValue: kindName) else {
      throw fields.fault(
        "kind",
        "\"\(kindName.prefix(40))\" is none of \(TrialKind.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    self.init(
      study: try fields.text("study"), studyHash: try fields.text("study_hash"),
      participant: try fields.text("participant"), session: try fields.text("session"),
      trialIndex: try fields.whole("trial_index", in: 1...1_000_000), trialID: try fields.text("trial_id"),
      part: try fields.text("part"), kind: kind, target: try fields.optionalText("target"),
      method: try fields.optionalText("method"), imageSHA256: try fields.optionalText("image_sha256"),
      position: try fields.optionalWhole("position", in: 1...1000), question: try fields.text("question"),
      value: try fields.text("value"),
      reactionMilliseconds: try fields.optionalWhole("rt_ms", in: EventForm.milliseconds),
      shownAt: try fields.optionalText("shown_at"), answeredAt: try fields.text("answered_at"),
      attempt: try fields.whole("attempt", in: EventForm.attempts), eventID: try fields.text("event_id"),
      awayMilliseconds: try fields.optionalWhole("away_ms", in: EventForm.milliseconds),
      viewport: try fields.optionalText("viewport"))
    try checkForm(place: place)
  }

  /// Reads a line of JSON Lines. Throws ``StudyError``.
  public init(jsonLine line: String, place: String) throws(StudyError) {
    try self.init(JSONValue(parsing: line.utf8, place: place), place: place)
  }

  private func checkForm(place: String) throws(StudyError) {
    try EventForm.check("participant", participant, EventForm.isParticipant, place: place)
    try EventForm.check("session", session, EventForm.isSession, place: place)
    try EventForm.check("event_id", eventID, EventForm.isEventID, place: place)
    try EventForm.check("study_hash", studyHash, EventForm.isDigest, place: place)
    try EventForm.check("answered_at", answeredAt, EventForm.isTime, place: place)
    if let shownAt { try EventForm.check("shown_at", shownAt, EventForm.isTime, place: place) }
    if let viewport { try EventForm.check("viewport", viewport, EventForm.isViewport, place: place) }
    if let imageSHA256 { try EventForm.check("image_sha256", imageSHA256, EventForm.isDigest, place: place) }
  }
}
