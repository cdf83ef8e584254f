/// When a participant is left out of the analysis; a rule that is absent leaves nobody out.
public struct ExclusionRules: Codable, Equatable, Sendable {
  /// The smallest share of catch trials that must be right, from 0 to 1.
  public var catchShare: Double?
  /// The shortest time for the whole study, in seconds.
  public var shortestSeconds: Int?
  /// The longest time for the whole study, in seconds.
  public var longestSeconds: Int?
  /// The largest share of ratings of a part that may be one and the same value, from 0 to 1.
  public var sameValueShare: Double?
  /// Whether a participant who didn't get to the end is left out.
  public var leavesOutIncomplete: Bool

  /// Rules.
  public init(
    catchShare: Double? = nil, shortestSeconds: Int? = nil, longestSeconds: Int? = nil,
    sameValueShare: Double? = nil, leavesOutIncomplete: Bool = false
  ) {
    self.catchShare = catchShare
    self.shortestSeconds = shortestSeconds
    self.longestSeconds = longestSeconds
    self.sameValueShare = sameValueShare
    self.leavesOutIncomplete = leavesOutIncomplete
  }
}
