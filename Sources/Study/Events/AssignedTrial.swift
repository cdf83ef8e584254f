/// One screen of a participant: a form, or a trial with what it shows.
public struct AssignedTrial: Equatable, Sendable {
  /// Its identity within the assignment.
  public var id: String
  /// Its place, from 1.
  public var index: Int
  /// The part, or the form.
  public var part: String
  /// What it is for.
  public var kind: TrialKind
  /// What its pictures are of; `nil` for a form.
  public var target: String?
  /// What is asked.
  public var questions: [AssignedQuestion]

  /// The form on which a participant agrees to the text that has this hash.
  static func consent(_ definition: StudyDefinition) -> AssignedTrial {
    let form = StudyForm.consent.rawValue
    return AssignedTrial(
      id: form, index: 0, part: form, kind: .main, target: nil,
      questions: [AssignedQuestion(id: form, name: form, values: .oneOf([definition.consentHash]))])
  }

  /// A form with questions.
  static func form(_ form: StudyForm, _ questions: [FormQuestion], isRequired: Bool) -> AssignedTrial {
    AssignedTrial(
      id: form.rawValue, index: 0, part: form.rawValue, kind: .main, target: nil,
      questions: questions.map {
        AssignedQuestion(
          id: $0.name, name: $0.name, values: .oneOf($0.choices.map(\.value)), isRequired: isRequired,
          right: $0.right)
      })
  }

  /// A trial of the plan. Throws ``StudyError/plan(_:)`` if the definition has no such part, item, method or pair.
  init(_ trial: StudyPlan.Trial, of definition: StudyDefinition, row: Int) throws(StudyError) {
    func fault(_ reason: String) -> StudyError {
      .plan("row \(row) of the plan, trial \(trial.id): \(reason)")
    }
    guard let part = definition.parts.first(where: { $0.name == trial.part }) else {
      throw fault("the study has no part \"\(trial.part)\"")
    }
    guard let item = part.items(of: trial.kind).first(where: { $0.name == trial.item }) else {
      throw fault("part \(part.name) has no \(trial.kind.rawValue) item \"\(trial.item)\"")
    }
    guard !trial.methods.isEmpty else { throw fault("shows nothing") }
    id = trial.id
    index = 0
    self.part = part.name
    kind = trial.kind
    target = item.target
    questions = []
    for (place, method) in trial.methods.enumerated() {
      guard let stimulus = item.stimuli.first(where: { $0.method == method }) else {
        throw fault("item \(item.name) has no picture by \"\(method)\"")
      }
      switch part.task {
      case .rating:
        questions.append(
          AssignedQuestion(
            id: "rating-\(place + 1)", name: "rating", method: method, imageSHA256: stimulus.pictures.first,
            position: place + 1, values: .oneOf(AssignedQuestion.ratings), right: stimulus.right))
      case .word:
        questions.append(
          AssignedQuestion(
            id: "word", name: "word", method: method, imageSHA256: stimulus.pictures.first,
            position: place + 1,
            values: .text, right: stimulus.right))
      case .choice:
        guard let query = trial.query, item.queries.indices.contains(query),
          let position = trial.strongPosition,
          (1...2).contains(position)
        else { throw fault("names no pair of queries of item \(item.name)") }
        for (name, values) in [("choice", ["1", "2"]), ("confidence", ["1", "2", "3"])] {
          questions.append(
            AssignedQuestion(
              id: name, name: name, method: method, imageSHA256: item.queries[query].strong,
              position: position,
              values: .oneOf(values), right: name == "choice" ? [String(position)] : []))
        }
      }
    }
    guard part.task == .rating || trial.methods.count == 1 else { throw fault("shows more than one method") }
  }

  init(
    id: String, index: Int, part: String, kind: TrialKind, target: String?, questions: [AssignedQuestion]
  ) {
    self.id = id
    self.index = index
    self.part = part
    self.kind = kind
    self.target = target
    self.questions = questions
  }
}
