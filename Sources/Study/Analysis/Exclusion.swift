/// A participant whose rows are left out of the results, and why. The rows themselves stay.
public struct Exclusion: Codable, Equatable, Sendable {
  /// The pseudonym.
  public let participant: String
  /// Each rule that was broken.
  public let reasons: [Reason]

  /// A rule of the study.
  public enum Rule: String, Codable, Sendable, CaseIterable {
    /// Too few catch trials are right.
    case catchShare = "catch-share"
    /// The study took too little time.
    case shortest = "shortest-seconds"
    /// The study took too much time.
    case longest = "longest-seconds"
    /// Too many ratings of a part are the same.
    case sameValue = "same-value-share"
    /// Not every main trial was answered.
    case incomplete
  }

  /// A rule that was broken.
  public struct Reason: Codable, Equatable, Sendable {
    /// The rule.
    public let rule: Rule
    /// What was found; `nil` for ``Rule/incomplete``.
    public let found: Double?
    /// What the study asks for.
    public let limit: Double?
  }
}

extension ExclusionRules {
  /// The rules that a participant breaks. What isn't known of a participant breaks no rule.
  func broken(by participant: StudyData.Participant) -> [Exclusion.Reason] {
    var reasons: [Exclusion.Reason] = []
    func check(
      _ rule: Exclusion.Rule, _ found: Double?, _ limit: Double?, _ isBroken: (Double, Double) -> Bool
    ) {
      if let found, let limit, isBroken(found, limit) {
        reasons.append(Exclusion.Reason(rule: rule, found: found, limit: limit))
      }
    }
    // Shares of a few trials are compared with some room for rounding: two of three is 0.667 to whoever wrote the rule.
    check(.catchShare, participant.catchShare, catchShare) { $0 < $1 - 5e-4 }
    check(.shortest, participant.seconds, shortestSeconds.map(Double.init)) { $0 < $1 }
    check(.longest, participant.seconds, longestSeconds.map(Double.init)) { $0 > $1 }
    check(.sameValue, participant.sameValueShare, sameValueShare) { $0 > $1 + 5e-4 }
    if leavesOutIncomplete, participant.isComplete == false {
      reasons.append(Exclusion.Reason(rule: .incomplete, found: nil, limit: nil))
    }
    return reasons
  }

  /// The limit of a rule; `nil` where it isn't declared. For ``Exclusion/Rule/incomplete`` 1 means that it is.
  public func limit(of rule: Exclusion.Rule) -> Double? {
    switch rule {
    case .catchShare: catchShare
    case .shortest: shortestSeconds.map(Double.init)
    case .longest: longestSeconds.map(Double.init)
    case .sameValue: sameValueShare
    case .incomplete: leavesOutIncomplete ? 1 : nil
    }
  }

  /// The same rules with another limit for one of them; `nil` takes it away.
  func with(_ rule: Exclusion.Rule, limit: Double?) -> ExclusionRules {
    var rules = self
    switch rule {
    case .catchShare: rules.catchShare = limit
    case .shortest: rules.shortestSeconds = limit.flatMap { Int(exactly: $0.rounded()) }
    case .longest: rules.longestSeconds = limit.flatMap { Int(exactly: $0.rounded()) }
    case .sameValue: rules.sameValueShare = limit
    case .incomplete: rules.leavesOutIncomplete = limit != nil
    }
    return rules
  }
}
