/// What the results would have been with another limit of one rule, all other rules as declared: whether a conclusion
/// hangs on a threshold.
public struct ThresholdEffect: Codable, Equatable, Sendable {
  /// The rule.
  public let rule: Exclusion.Rule
  /// The limit; `nil` is the study without this rule.
  public let limit: Double?
  /// Whether this is what the study declares.
  public let isDeclared: Bool
  /// How many participants all rules together leave out.
  public let excluded: Int
  /// How many are left.
  public let kept: Int
  /// The results.
  public let parts: [Part]

  /// The results of a part.
  public struct Part: Codable, Equatable, Sendable {
    /// Its name.
    public let name: String
    /// The mean of all scores of each method, in the part's order.
    public let means: [Double?]
    /// The p-value of Friedman's test, or of Kruskal and Wallis' where every participant judged one method.
    public let p: Double?
  }

  /// Tries other limits. `tables` makes the tables of the parts for the participants who are kept.
  static func all(
    _ participants: [StudyData.Participant], rules: ExclusionRules,
    tables: (Set<String>) -> [(String, ScoreTable)]
  ) -> [ThresholdEffect] {
    Exclusion.Rule.allCases.flatMap { rule -> [ThresholdEffect] in
      let declared = rules.limit(of: rule)
      return limits(rule, declared: declared, participants).map { limit in
        let tried = rules.with(rule, limit: limit)
        let kept = Set(participants.filter { tried.broken(by: $0).isEmpty }.map(\.name))
        return ThresholdEffect(
          rule: rule, limit: limit, isDeclared: limit == declared, excluded: participants.count - kept.count,
          kept: kept.count, parts: tables(kept).map { Part(name: $0.0, $0.1) })
      }
    }
  }

  /// The limits that are tried: none, round ones, and the declared one. Rules that nobody can break are skipped.
  private static func limits(
    _ rule: Exclusion.Rule, declared: Double?, _ participants: [StudyData.Participant]
  ) -> [Double?] {
    let usual: [Double]
    switch rule {
    case .catchShare:
      usual = participants.contains { $0.catchShare != nil } ? [0.5, 0.6, 0.667, 0.75, 0.8, 0.9, 1] : []
    case .shortest, .longest:
      // Fractions of what is declared, or of the median where nothing is.
      let base = declared ?? Sample.median(participants.compactMap(\.seconds))
      usual = base.map { base in [0.25, 0.5, 0.75, 1, 1.5, 2, 4].map { ($0 * base).rounded() } } ?? []
    case .sameValue:
      usual = participants.contains { $0.sameValueShare != nil } ? [0.6, 0.7, 0.8, 0.9, 0.95, 0.99] : []
    case .incomplete: usual = participants.contains { $0.isComplete != nil } ? [1] : []
    }
    guard !usual.isEmpty || declared != nil else { return [] }
    return [nil] + Set(usual + [declared].compactMap { $0 }).sorted()
  }
}

extension ThresholdEffect.Part {
  fileprivate init(name: String, _ table: ScoreTable) {
    self.name = name
    means = table.methods.indices.map { method in
      Sample.mean(table.cells.filter { $0.method == method }.map(\.score))
    }
    p = MethodComparison(table, bootstrap: nil).p
  }
}
