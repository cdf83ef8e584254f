/// The results of one part.
public struct PartAnalysis: Codable, Equatable, Sendable {
  /// Its name in rows.
  public let name: String
  /// Its heading.
  public let title: String
  /// What was to be done.
  public let task: StudyPart.Task
  /// Each method, in the study's order.
  public let methods: [MethodResult]
  /// Each target, the hardest first.
  public let targets: [TargetResult]
  /// The methods against each other.
  public let comparison: MethodComparison
  /// Whether participants agree.
  public let agreement: RaterAgreement
  /// Whether participants answer the same twice.
  public let reliability: RepeatReliability
  /// How words were compared; `nil` where none were.
  public let wordMeasure: String?
  /// Free-form answers with their similarity.
  public let words: [WordScore]

  /// A method over all targets.
  public struct MethodResult: Codable, Equatable, Sendable {
    /// Its name.
    public let method: String
    /// Its scores.
    public let scores: ScoreSummary
    /// The mean over targets, each counted alike, and what other targets might have given.
    public let overTargets: OverTargets
    /// Its choices; `nil` in other parts.
    public let choices: ChoiceSummary?
    /// The median time to an answer.
    public let medianMilliseconds: Double?
  }

  /// Results with targets in the place of participants (Clark 1973): whether they hold for targets that weren't shown. It
  /// is how Zimmermann et al. 2023 report units.
  public struct OverTargets: Codable, Equatable, Sendable {
    /// The mean of the targets' means.
    public let mean: Double?
    /// Its interval, targets resampled.
    public let interval: Finding<Interval>

    init(_ cells: [ScoreTable.Cell], _ bootstrap: ClusteredBootstrap, level: Double, label: String) {
      let means = Dictionary(grouping: cells, by: \.target).sorted { $0.key < $1.key }
        .compactMap { Sample.mean($0.value.map(\.score)) }
      mean = Sample.mean(means)
      interval = Finding { () throws(Undefined) in
        guard means.count > 1 else { throw Undefined("it needs two targets; there are \(means.count)") }
        return try bootstrap.interval(clusters: means.count, label: label, level: level) { draws in
          zip(draws, means).reduce(0) { $0 + Double($1.0) * $1.1 } / Double(means.count)
        }
      }
    }
  }

  /// A target over all methods, and by each.
  public struct TargetResult: Codable, Equatable, Sendable {
    /// The target.
    public let target: String
    /// The mean of its scores, all methods alike: of the methods' means.
    public let mean: Double?
    /// Its scores by method, in the study's order.
    public let methods: [ScoreSummary]
  }

  /// The results of some participants.
  init(
    _ part: StudyOutline.Part, _ observations: [Observation], participants: [String],
    options: StudyAnalysis.Options, measure: WordMeasure?, group: String
  ) {
    let kept = Set(participants)
    let own = observations.filter { $0.part == part.name && kept.contains($0.participant) }
    let words = Self.words(own, part, measure)
    let table = ScoreTable(own, part: part, participants: participants, measure: measure)
    let bootstrap = ClusteredBootstrap(replicates: options.replicates, seed: options.seed, ends: options.ends)
    let byMethod = Dictionary(grouping: table.cells, by: \.method)
    let byBoth = Dictionary(grouping: table.cells) { $0.target * table.methods.count + $0.method }
    func summary(_ cells: [ScoreTable.Cell]?, _ label: String) -> ScoreSummary {
      ScoreSummary(
        cells ?? [], task: part.task, bootstrap: bootstrap, level: options.level,
        label: "\(group)/\(part.name)/\(label)")
    }
    name = part.name
    title = part.title
    task = part.task
    methods = table.methods.enumerated().map { index, method in
      let main = own.filter { $0.kind == .main && $0.method == method }
      return MethodResult(
        method: method, scores: summary(byMethod[index], method),
        overTargets: OverTargets(
          byMethod[index] ?? [], bootstrap, level: options.level,
          label: "\(group)/\(part.name)/\(method)/targets"),
        choices: part.task == .choice ? ChoiceSummary(main, level: options.level) : nil,
        medianMilliseconds: Sample.median(main.compactMap(\.reactionMilliseconds).map(Double.init)))
    }
    targets = table.targets.enumerated().map { index, target in
      let methods = table.methods.enumerated().map { place, method in
        summary(byBoth[index * table.methods.count + place], "\(target)/\(method)")
      }
      return TargetResult(target: target, mean: Sample.mean(methods.compactMap(\.mean)), methods: methods)
    }.sorted { ($0.mean ?? .infinity, $0.target) < ($1.mean ?? .infinity, $1.target) }
    comparison = MethodComparison(
      table, zeros: options.zeros, bootstrap: bootstrap, level: options.level,
      label: "\(group)/\(part.name)")
    agreement = RaterAgreement(table, task: part.task)
    reliability = RepeatReliability(own, task: part.task)
    wordMeasure = part.task == .word ? measure?.name : nil
    self.words = words
  }

  private static func words(
    _ observations: [Observation], _ part: StudyOutline.Part, _ measure: WordMeasure?
  ) -> [WordScore] {
    guard let measure else { return [] }
    return observations.compactMap { observation in
      guard observation.kind == .main, case .word(let answer) = observation.answer,
        let word = part.words[observation.target]
      else { return nil }
      let match = measure.compare(answer, word)
      return WordScore(
        participant: observation.participant, target: observation.target, method: observation.method,
        answer: answer, word: word, similarity: match.similarity, matched: match.matched)
    }
  }
}

extension ScoreTable {
  /// The table of some participants, words scored by a measure; without one words have no scores.
  init(_ observations: [Observation], part: StudyOutline.Part, participants: [String], measure: WordMeasure?)
  {
    self.init(observations, part: part, participants: participants) { observation in
      switch observation.answer {
      case .rating(let value): Double(value)
      case .choice(let isRight, _): isRight ? 1 : 0
      case .word(let answer):
        measure.flatMap { measure in
          part.words[observation.target].map { measure.compare(answer, $0).similarity }
        }
      }
    }
  }
}
