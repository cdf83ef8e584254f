/// The results of a study: all that its page and its tables say.
public struct StudyAnalysis: Codable, Equatable, Sendable {
  /// What was asked.
  public let outline: StudyOutline
  /// How it was computed.
  public let options: Options
  /// The rules by which participants are left out.
  public let rules: ExclusionRules
  /// How many rows there are.
  public let rows: Int
  /// How many of them a later attempt replaced.
  public let replacedRows: Int
  /// Who took part.
  public let participation: Participation
  /// Who is left out, and why.
  public let exclusions: [Exclusion]
  /// What other limits would have done.
  public let thresholds: [ThresholdEffect]
  /// The results without those who are left out.
  public let parts: [PartAnalysis]
  /// The results with everybody; the same where nobody is left out.
  public let everyone: [PartAnalysis]

  /// How results are computed.
  public struct Options: Codable, Equatable, Sendable {
    /// The seed of the bootstrap.
    public var seed: UInt64
    /// How often participants are drawn for an interval.
    public var replicates: Int
    /// Which quantiles of the draws are the ends of an interval.
    public var ends: ClusteredBootstrap.Ends
    /// The level of intervals.
    public var level: Double
    /// What becomes of participants to whom two methods are equal.
    public var zeros: WilcoxonTest.Zeros

    /// The usual ones.
    public init(
      seed: UInt64 = 1, replicates: Int = 2000, ends: ClusteredBootstrap.Ends = .expanded,
      level: Double = 0.95,
      zeros: WilcoxonTest.Zeros = .wilcox
    ) {
      self.seed = seed
      self.replicates = replicates
      self.ends = ends
      self.level = level
      self.zeros = zeros
    }
  }

  /// Analyzes a study. Without `measure` free-form answers have no scores.
  public init(
    _ data: StudyData, rules: ExclusionRules = ExclusionRules(), options: Options = Options(),
    measure: WordMeasure? = nil
  ) {
    let exclusions = data.participants.compactMap { participant in
      let reasons = rules.broken(by: participant)
      return reasons.isEmpty ? nil : Exclusion(participant: participant.name, reasons: reasons)
    }
    let all = data.participants.map(\.name)
    let excluded = Set(exclusions.map(\.participant))
    // Comparing a word twice costs more than remembering it.
    let measure = measure?.remembering(data)
    func parts(_ participants: [String], _ group: String) -> [PartAnalysis] {
      data.outline.parts.map { part in
        PartAnalysis(
          part, data.observations, participants: participants, options: options, measure: measure,
          group: group)
      }
    }
    let results = parts(all.filter { !excluded.contains($0) }, "kept")
    outline = data.outline
    self.options = options
    self.rules = rules
    rows = data.rows
    replacedRows = data.replaced
    participation = Participation(data.participants)
    self.exclusions = exclusions
    thresholds = ThresholdEffect.all(data.participants, rules: rules) { kept in
      data.outline.parts.map { part in
        (
          part.name,
          ScoreTable(
            data.observations, part: part, participants: all.filter(kept.contains), measure: measure)
        )
      }
    }
    self.parts = results
    everyone = exclusions.isEmpty ? results : parts(all, "everyone")
  }
}

extension WordMeasure {
  /// The same measure, with all words of a study compared beforehand.
  fileprivate func remembering(_ data: StudyData) -> WordMeasure {
    var matches: [[String]: Match] = [:]
    for part in data.outline.parts where part.task == .word {
      for observation in data.observations where observation.part == part.name {
        guard case .word(let answer) = observation.answer, let word = part.words[observation.target] else {
          continue
        }
        if matches[[answer, word]] == nil { matches[[answer, word]] = compare(answer, word) }
      }
    }
    return WordMeasure(name: name) { [matches] answer, word in
      matches[[answer, word]] ?? compare(answer, word)
    }
  }
}
