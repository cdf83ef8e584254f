/// The results as tables, one file each.
extension StudyAnalysis {
  /// All tables of the results. They hold no answer of a single participant but the free-form ones.
  public var tables: [CSVTable] {
    [
      methodsTable, targetsTable, testsTable, pairsTable, choicesTable, confidenceTable, agreementTable,
      stepsTable, demographicsTable, exclusionsTable, thresholdsTable, wordsTable,
    ]
  }

  /// The parts with everybody who is kept, then with everybody, as first fields of rows.
  var groups: [(name: CSVTable.Field, part: PartAnalysis)] {
    parts.map { (.text("kept"), $0) } + everyone.map { (.text("everyone"), $0) }
  }

  static let groupColumns = [
    (name: "group", meaning: "`kept` without the participants who are left out, `everyone` with them"),
    (name: "part", meaning: "the part of the study"),
  ]

  static let scoreColumns = [
    (name: "n", meaning: "how many scores"),
    (name: "participants", meaning: "how many participants gave them"),
    (
      name: "mean",
      meaning:
        "their mean; ratings count from 1, a right choice is 1 and a wrong one 0, words are similarities"
    ),
    (name: "mean_low", meaning: "lower end of its interval, participants resampled"),
    (name: "mean_high", meaning: "upper end"),
    (name: "median", meaning: "their median"),
    (name: "median_low", meaning: "lower end of its interval, participants resampled"),
    (name: "median_high", meaning: "upper end"),
    (name: "quantile_5", meaning: "a twentieth of the scores lie below"),
    (name: "quantile_95", meaning: "a twentieth of the scores lie above"),
    (name: "share_4_5", meaning: "the share of ratings of 4 and 5"),
    (name: "n_1", meaning: "how many ratings of 1"),
    (name: "n_2", meaning: "how many ratings of 2"),
    (name: "n_3", meaning: "how many ratings of 3"),
    (name: "n_4", meaning: "how many ratings of 4"),
    (name: "n_5", meaning: "how many ratings of 5"),
  ]

  static let noteColumn = (name: "note", meaning: "why a value is missing")

  static func fields(_ scores: ScoreSummary) -> [CSVTable.Field] {
    let (mean, median) = (scores.meanInterval.value, scores.medianInterval.value)
    let counts: [CSVTable.Field] =
      scores.distribution.isEmpty
      ? Array(repeating: .empty, count: 5) : scores.distribution.map(CSVTable.Field.count)
    return [
      .count(scores.count), .count(scores.participants), .optional(scores.mean), .optional(mean?.low),
      .optional(mean?.high), .optional(scores.median), .optional(median?.low), .optional(median?.high),
      .optional(scores.quantile5), .optional(scores.quantile95), .optional(scores.highShare),
    ] + counts
  }

  private var methodsTable: CSVTable {
    var table = CSVTable(
      "methods", "One row is a method in a part, over all targets.",
      columns: Self.groupColumns + [("method", "the method")] + Self.scoreColumns + [
        ("targets_mean", "the mean of targets' means, each target counted alike"),
        ("targets_low", "lower end of its interval, targets resampled instead of participants"),
        ("targets_high", "upper end"),
        ("rt_median_ms", "the median time to an answer in milliseconds"), Self.noteColumn,
      ])
    for (group, part) in groups {
      for result in part.methods {
        table.append(
          [group, .text(part.name), .text(result.method)] + Self.fields(result.scores) + [
            .optional(result.overTargets.mean), .optional(result.overTargets.interval.value?.low),
            .optional(result.overTargets.interval.value?.high), .optional(result.medianMilliseconds),
            .optional(result.scores.meanInterval.reason),
          ])
      }
    }
    return table
  }

  private var targetsTable: CSVTable {
    var table = CSVTable(
      "targets", "One row is a method's picture of a target; the hardest target comes first.",
      columns: Self.groupColumns + [
        ("target", "the target"), ("target_mean", "the mean over methods, each counted alike"),
        ("method", "the method"),
      ] + Self.scoreColumns + [Self.noteColumn])
    for (group, part) in groups {
      for target in part.targets {
        for (method, scores) in zip(part.methods, target.methods) {
          table.append(
            [group, .text(part.name), .text(target.target), .optional(target.mean), .text(method.method)]
              + Self.fields(scores) + [.optional(scores.meanInterval.reason)])
        }
      }
    }
    return table
  }

  private var wordsTable: CSVTable {
    var table = CSVTable(
      "words", "One row is a free-form answer, of all participants.",
      columns: [
        ("part", "the part of the study"), ("participant", "the pseudonym"), ("target", "the target"),
        ("method", "the method"), ("answer", "what was written"), ("word", "the hidden word"),
        ("similarity", "from 0 to 1"),
        ("matched", "the nouns that were compared; empty where no noun was found, which counts as 0"),
        ("measure", "how words were compared"),
      ])
    for part in everyone {
      for word in part.words {
        table.append([
          .text(part.name), .text(word.participant), .text(word.target), .text(word.method),
          .text(word.answer),
          .text(word.word), .number(word.similarity), .optional(word.matched), .optional(part.wordMeasure),
        ])
      }
    }
    return table
  }
}
