import Study

/// What a trial shows, by where it stands on the screen.
struct StudyTrialPictures {
  let part: StudyPart
  let item: StudyItem
  /// What is judged by position, or the group of those that excite most.
  let pictures: [String]
  /// The group of those that excite least.
  let opposites: [String]
  /// The queries by position.
  let queries: [String]

  /// A trial of a plan; `nil` if the definition doesn't have it, which reading the plan has made sure of.
  init?(_ trial: StudyPlan.Trial, of definition: StudyDefinition) {
    guard let part = definition.parts.first(where: { $0.name == trial.part }),
      let item = part.items(of: trial.kind).first(where: { $0.name == trial.item })
    else { return nil }
    self.part = part
    self.item = item
    let shown = trial.methods.compactMap { method in item.stimuli.first { $0.method == method } }
    pictures = part.task == .choice ? shown.flatMap(\.pictures) : shown.compactMap(\.pictures.first)
    opposites = shown.flatMap(\.opposites)
    if let query = trial.query, item.queries.indices.contains(query) {
      let pair = item.queries[query]
      queries = trial.strongPosition == 1 ? [pair.strong, pair.weak] : [pair.weak, pair.strong]
    } else {
      queries = []
    }
  }

  /// The word that stands with it; a free-form part hides it.
  var word: String? { part.task == .word ? nil : item.word }
}
