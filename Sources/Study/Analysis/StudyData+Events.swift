/// Rows as they were collected, brought into the form in which they are analyzed.
extension StudyData {
  /// The data of a study that was run here. Rows of other studies are refused with ``StudyError``: mixing versions of a
  /// study would compare what can't be compared.
  public init(_ events: [ResponseEvent], of definition: StudyDefinition) throws(StudyError) {
    let hash = try definition.hash()
    for (index, event) in events.enumerated() where event.studyHash != hash {
      throw .otherStudy(place: "row \(index + 1)", found: event.studyHash, expected: hash)
    }
    let outline = StudyOutline(definition, hash: hash)
    let latest = Self.latest(events)
    self.outline = outline
    rows = events.count
    replaced = events.count - latest.count
    var participants: [Participant] = []
    var observations: [Observation] = []
    for (name, events) in Dictionary(grouping: latest, by: \.participant).sorted(by: { $0.key < $1.key }) {
      let own = Self.observations(events, of: definition)
      observations += own
      let steps = Self.steps(events, definition, outline)
      participants.append(
        Participant(
          name: name, seconds: Self.seconds(events), catchShare: Self.catchShare(own),
          sameValueShare: Self.sameValueShare(own),
          isComplete: steps.allSatisfy { step in
            step.isEnded || !outline.parts.contains { $0.name == step.name }
          }, steps: steps,
          demographics: Dictionary(
            events.filter { $0.part == StudyForm.demographics.rawValue }.map { ($0.question, $0.value) },
            uniquingKeysWith: { $1 })))
    }
    self.participants = participants
    self.observations = observations
  }

  /// The last attempt at each question; of equal ones the one that was answered last.
  static func latest(_ events: [ResponseEvent]) -> [ResponseEvent] {
    struct Question: Hashable {
      let participant: String
      let trial: String
      let question: String
      let position: Int?
    }
    var places: [Question: Int] = [:]
    var latest: [ResponseEvent] = []
    for event in events {
      let question = Question(
        participant: event.participant, trial: event.trialID, question: event.question,
        position: event.position)
      guard let place = places[question] else {
        places[question] = latest.count
        latest.append(event)
        continue
      }
      let earlier = latest[place]
      if (event.attempt, event.answeredAt, event.eventID) > (
        earlier.attempt, earlier.answeredAt, earlier.eventID
      ) {
        latest[place] = event
      }
    }
    return latest
  }

  private static func observations(_ events: [ResponseEvent], of definition: StudyDefinition) -> [Observation]
  {
    let confidence = Dictionary(
      events.filter { $0.question == "confidence" }.map { ($0.trialID, Int($0.value)) },
      uniquingKeysWith: { $1 })
    return events.compactMap { event in
      guard let target = event.target, let method = event.method else { return nil }
      let isRight = definition.isRight(event)
      let answer: Observation.Answer
      switch event.question {
      case "rating":
        guard let rating = Int(event.value) else { return nil }
        answer = .rating(rating)
      case "choice":
        answer = .choice(isRight: isRight ?? false, confidence: confidence[event.trialID] ?? nil)
      case "word": answer = .word(event.value)
      default: return nil
      }
      return Observation(
        participant: event.participant, part: event.part, kind: event.kind, target: target, method: method,
        picture: event.imageSHA256, answer: answer, isRight: isRight,
        reactionMilliseconds: event.reactionMilliseconds)
    }
  }

  /// From the first sign of each sitting to its last answer; pauses between sittings don't count.
  private static func seconds(_ events: [ResponseEvent]) -> Double? {
    var sum = 0.0
    for sitting in Dictionary(grouping: events, by: \.session).values {
      let starts = sitting.compactMap { Timestamp.seconds($0.shownAt ?? $0.answeredAt) }
      let ends = sitting.compactMap { Timestamp.seconds($0.answeredAt) }
      guard let start = starts.min(), let end = ends.max() else { return nil }
      sum += max(0, end - start)
    }
    return sum
  }

  private static func steps(
    _ events: [ResponseEvent], _ definition: StudyDefinition, _ outline: StudyOutline
  ) -> [Step] {
    func form(_ form: StudyForm, questions: Int) -> Step? {
      guard questions > 0 else { return nil }
      let answered = Set(events.filter { $0.part == form.rawValue }.map(\.question)).count
      return Step(name: form.rawValue, isBegun: answered > 0, isEnded: answered >= questions)
    }
    var steps = [
      form(.consent, questions: 1), form(.comprehension, questions: definition.comprehension.count),
    ].compactMap { $0 }
    for part in outline.parts {
      let own = events.filter { $0.part == part.name }
      let trials = Set(own.filter { $0.kind == .main }.map(\.trialID)).count
      steps.append(Step(name: part.name, isBegun: !own.isEmpty, isEnded: trials >= part.trials ?? 0))
    }
    return steps + [form(.demographics, questions: definition.demographics.count)].compactMap { $0 }
  }
}
