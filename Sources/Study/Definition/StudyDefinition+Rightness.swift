/// Which answers are right, from the definition alone.
extension StudyDefinition {
  /// Whether an answer is right: a choice by its position, a rating or word of a practice or catch trial and a question
  /// about the instructions by the definition. `nil` where nothing is right or wrong.
  public func isRight(_ event: ResponseEvent) -> Bool? {
    if event.part == StudyForm.comprehension.rawValue {
      return comprehension.first { $0.name == event.question }?.right.contains(event.value)
    }
    guard let part = parts.first(where: { $0.name == event.part }) else { return nil }
    switch event.question {
    case "choice": return event.position.map { String($0) == event.value }
    case "rating", "word":
      let right =
        part.items(of: event.kind)
        .first { $0.target == event.target && $0.stimuli.contains { $0.shows(event) } }?
        .stimuli.first { $0.shows(event) }?.right ?? []
      return right.isEmpty ? nil : right.contains(event.value)
    default: return nil
    }
  }
}

extension StudyItem.Stimulus {
  fileprivate func shows(_ event: ResponseEvent) -> Bool {
    method == event.method && event.imageSHA256.map(pictures.contains) == true
  }
}
