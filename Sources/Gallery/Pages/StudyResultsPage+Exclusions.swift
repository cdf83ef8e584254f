import Study

/// Who is left out, and what other limits would have done.
extension StudyResultsPage {
  static func exclusionNote(_ analysis: StudyAnalysis) -> String {
    let declared = Exclusion.Rule.allCases.compactMap { rule in
      analysis.rules.limit(of: rule).map { fault(rule, $0) }
    }
    guard !declared.isEmpty else { return "The study declares no rule by which participants are left out." }
    return "Declared before the study: left out is whoever \(declared.joined(separator: ", or "))."
  }

  static func exclusions(_ analysis: StudyAnalysis) -> TableModel? {
    guard !analysis.exclusions.isEmpty else { return nil }
    return TableModel(
      "Who is left out", ["participant", "why"],
      analysis.exclusions.map { exclusion in
        let reasons = exclusion.reasons.map { reason in
          fault(reason.rule, reason.limit) + (reason.found.map { " (\(value($0, reason.rule)))" } ?? "")
        }
        return (exclusion.participant, [reasons.joined(separator: "; ")])
      })
  }

  static func thresholds(_ analysis: StudyAnalysis, _ part: StudyResultsPart) -> TableModel? {
    guard !analysis.thresholds.isEmpty else { return nil }
    let columns = analysis.parts.flatMap { result in
      result.methods.map { "\(result.title): \(part.title(ofMethod: $0.method))" }
    }
    return TableModel(
      "What other limits would have done: mean scores", ["what is asked for", "limit", "left out"] + columns,
      analysis.thresholds.map { effect in
        let limit = effect.limit.map { value($0, effect.rule) } ?? "none"
        let means = effect.parts.flatMap(\.means).map { $0.map { Format.decimal($0, 2) } ?? "–" }
        return (
          demand(effect.rule),
          [effect.isDeclared ? "\(limit) (declared)" : limit, Format.count(effect.excluded)] + means
        )
      })
  }

  /// What somebody did who is left out.
  private static func fault(_ rule: Exclusion.Rule, _ limit: Double?) -> String {
    let limit = limit.map { value($0, rule) } ?? "the limit"
    return switch rule {
    case .catchShare: "answered fewer than \(limit) of the catch trials rightly"
    case .shortest: "took less than \(limit)"
    case .longest: "took more than \(limit)"
    case .sameValue: "gave one value to more than \(limit) of a part’s pictures"
    case .incomplete: "left a main trial without an answer"
    }
  }

  /// What a rule asks of participants.
  private static func demand(_ rule: Exclusion.Rule) -> String {
    switch rule {
    case .catchShare: "catch trials right, at least"
    case .shortest: "time, at least"
    case .longest: "time, at most"
    case .sameValue: "ratings of one value, at most"
    case .incomplete: "all main trials"
    }
  }

  private static func value(_ value: Double, _ rule: Exclusion.Rule) -> String {
    switch rule {
    case .catchShare, .sameValue: Format.percent(value)
    case .shortest, .longest: Format.seconds(value)
    case .incomplete: value == 0 ? "no" : "yes"
    }
  }
}
