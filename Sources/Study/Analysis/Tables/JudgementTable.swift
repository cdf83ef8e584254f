/// All judgements in one table, a row each: what models in other programs start from.
enum JudgementTable {
  /// The table, in the order of parts, participants, targets and methods.
  static func table(_ data: StudyData, _ analysis: StudyAnalysis) -> CSVTable {
    var table = CSVTable(
      "judgements", "One row is a judgement that counts; what was practised is left out.",
      columns: [
        ("participant", "the pseudonym"), ("kept", "1, or 0 for participants who are left out"),
        ("part", "the part of the study"), ("task", "rating, choice or word"),
        ("kind", "main, catch or repeat"),
        ("target", "the target"), ("method", "the method"),
        ("score", "the rating; 1 for a right choice, 0 for a wrong one; the similarity of a word"),
        ("confidence", "from 1 to 3, of a choice"), ("rt_ms", "milliseconds to the answer"),
      ])
    let excluded = Set(analysis.exclusions.map(\.participant))
    for (part, result) in zip(analysis.outline.parts, analysis.everyone) {
      let places = Dictionary(
        part.methods.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
      let similarity = Dictionary(
        result.words.map { ([$0.answer, $0.word], $0.similarity) }, uniquingKeysWith: { first, _ in first })
      let own = data.observations.filter { $0.part == part.name && $0.kind != .practice }.sorted { a, b in
        (a.participant, a.target, places[a.method] ?? .max, a.kind.rawValue)
          < (b.participant, b.target, places[b.method] ?? .max, b.kind.rawValue)
      }
      for observation in own {
        let fields: (score: CSVTable.Field, confidence: CSVTable.Field) =
          switch observation.answer {
          case .rating(let value): (.count(value), .empty)
          case .choice(let isRight, let confidence): (.count(isRight ? 1 : 0), .optional(confidence))
          case .word(let answer):
            (.optional(part.words[observation.target].flatMap { similarity[[answer, $0]] }), .empty)
          }
        table.append([
          .text(observation.participant), .count(excluded.contains(observation.participant) ? 0 : 1),
          .text(part.name), .text(part.task.rawValue), .text(observation.kind.rawValue),
          .text(observation.target),
          .text(observation.method), fields.score, fields.confidence,
          .optional(observation.reactionMilliseconds),
        ])
      }
    }
    return table
  }
}
