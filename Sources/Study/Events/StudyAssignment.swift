import Support

/// What one participant is asked, with all that a row tells of it: the plan's row, resolved by the definition.
public struct StudyAssignment: Sendable {
  /// The study's name.
  public let study: String
  /// The hash of its definition.
  public let studyHash: String
  /// The number of the plan's row.
  public let row: Int
  /// Forms and trials in their order.
  public let trials: [AssignedTrial]
  private let places: [String: Int]

  /// The assignment of a row. Throws ``StudyError`` if the plan isn't one of the definition. `hash` is the definition's.
  public init(
    _ row: StudyPlan.Row, of definition: StudyDefinition, hash: String
  ) throws(StudyError) {
    study = definition.name
    studyHash = hash
    self.row = row.number
    var trials = [AssignedTrial.consent(definition)]
    if !definition.comprehension.isEmpty {
      trials.append(.form(.comprehension, definition.comprehension, isRequired: true))
    }
    for trial in row.trials { trials.append(try AssignedTrial(trial, of: definition, row: row.number)) }
    if !definition.demographics.isEmpty {
      trials.append(.form(.demographics, definition.demographics, isRequired: false))
    }
    for index in trials.indices { trials[index].index = index + 1 }
    self.trials = trials
    places = Dictionary(trials.map { ($0.id, $0.index - 1) }) { first, _ in first }
    guard places.count == trials.count else { throw .plan("row \(row.number) of the plan has a trial twice") }
  }

  /// All assignments of a plan, by the row's number. Throws ``StudyError`` if it is not the definition's.
  public static func all(
    _ plan: StudyPlan, of definition: StudyDefinition
  ) throws(StudyError) -> [Int: StudyAssignment] {
    let hash = try definition.hash()
    guard plan.studyHash == hash else {
      throw .otherStudy(place: "the plan", found: plan.studyHash, expected: hash)
    }
    var assignments: [Int: StudyAssignment] = [:]
    for row in plan.rows {
      let assignment = try StudyAssignment(row, of: definition, hash: hash)
      guard assignments.updateValue(assignment, forKey: row.number) == nil else {
        throw .plan("the plan has row \(row.number) twice")
      }
    }
    guard !assignments.isEmpty else { throw .plan("the plan has no rows") }
    return assignments
  }

  /// A trial by its identity.
  public func trial(_ id: String) -> AssignedTrial? { places[id].map { trials[$0] } }

  /// The row of data for an answer. Throws ``StudyError/refused(place:reason:)`` if the question isn't the participant's or
  /// the value isn't one of the question's.
  public func event(
    for answer: StudyAnswer, participant: String, place: String
  ) throws(StudyError) -> ResponseEvent {
    guard let trial = trial(answer.trialID) else {
      throw .refused(
        place: "\(place).trial_id",
        reason: "\"\(answer.trialID.prefix(80))\" isn't a trial of this participant")
    }
    guard let question = trial.questions.first(where: { $0.id == answer.question }) else {
      throw .refused(
        place: "\(place).question",
        reason: "\"\(answer.question.prefix(80))\" is none of the trial's questions, "
          + trial.questions.map(\.id).joined(separator: ", "))
    }
    try question.check(answer.value, place: "\(place).value")
    return ResponseEvent(
      study: study, studyHash: studyHash, participant: participant, session: answer.session,
      trialIndex: trial.index, trialID: trial.id, part: trial.part, kind: trial.kind, target: trial.target,
      method: question.method, imageSHA256: question.imageSHA256, position: question.position,
      question: question.name, value: answer.value, reactionMilliseconds: answer.reactionMilliseconds,
      shownAt: answer.shownAt, answeredAt: answer.answeredAt, attempt: answer.attempt,
      eventID: answer.eventID,
      awayMilliseconds: answer.awayMilliseconds, viewport: answer.viewport)
  }

  /// Makes sure that a row is one that this assignment makes. Throws ``StudyError``.
  public func check(_ event: ResponseEvent, place: String) throws(StudyError) {
    guard event.studyHash == studyHash else {
      throw .otherStudy(place: "\(place).study_hash", found: event.studyHash, expected: studyHash)
    }
    guard let trial = trial(event.trialID),
      let question = trial.questions.first(where: {
        $0.name == event.question && $0.position == event.position
      })
    else {
      throw .refused(place: place, reason: "the question isn't one of row \(row) of the plan")
    }
    let answer = StudyAnswer(
      eventID: event.eventID, session: event.session, trialID: event.trialID, question: question.id,
      value: event.value, attempt: event.attempt, reactionMilliseconds: event.reactionMilliseconds,
      shownAt: event.shownAt, answeredAt: event.answeredAt, awayMilliseconds: event.awayMilliseconds,
      viewport: event.viewport)
    guard try self.event(for: answer, participant: event.participant, place: place) == event else {
      throw .refused(place: place, reason: "the row doesn't tell what row \(row) of the plan shows there")
    }
  }
}

extension StudyAssignment {
  /// The name by which pages call the question of a row; `nil` if the row isn't of this assignment.
  public func questionID(of event: ResponseEvent) -> String? {
    trial(event.trialID)?.questions.first { $0.name == event.question && $0.position == event.position }?.id
  }
}
