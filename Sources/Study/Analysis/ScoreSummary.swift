/// What the scores of a method look like, all targets together or of one target.
public struct ScoreSummary: Codable, Equatable, Sendable {
  /// How many scores there are.
  public let count: Int
  /// How many participants gave them.
  public let participants: Int
  /// Their median.
  public let median: Double?
  /// Their mean.
  public let mean: Double?
  /// A twentieth of them lie below this.
  public let quantile5: Double?
  /// A twentieth of them lie above this.
  public let quantile95: Double?
  /// The share of ratings of 4 and 5; `nil` for scores that aren't from 1 to 5.
  public let highShare: Double?
  /// How many ratings there are of each value from 1 to 5; empty for other scores.
  public let distribution: [Int]
  /// The interval of the mean, participants resampled.
  public let meanInterval: Finding<Interval>
  /// The interval of the median, participants resampled.
  public let medianInterval: Finding<Interval>
  /// A smooth density for a violin.
  public let violin: Finding<Violin>

  /// A density at places that lie evenly over a range.
  public struct Violin: Codable, Equatable, Sendable {
    /// The first place.
    public let low: Double
    /// The last place.
    public let high: Double
    /// The densities, ends included.
    public let densities: [Double]
  }

  /// Summarizes cells of a table. `label` names them for the bootstrap.
  init(
    _ cells: [ScoreTable.Cell], task: StudyPart.Task, bootstrap: ClusteredBootstrap, level: Double,
    label: String
  ) {
    let clustered = ClusteredScores(cells)
    let scores = clustered.scores
    count = scores.count
    participants = clustered.clusters
    median = Sample.quantile(0.5, ofSorted: scores)
    mean = Sample.mean(scores)
    quantile5 = Sample.quantile(0.05, ofSorted: scores)
    quantile95 = Sample.quantile(0.95, ofSorted: scores)
    let isScale = task == .rating && (scores.first ?? 1) >= 1 && (scores.last ?? 5) <= 5
    highShare = isScale && !scores.isEmpty ? Double(scores.count { $0 >= 4 }) / Double(scores.count) : nil
    distribution = isScale ? (1...5).map { value in scores.count { $0 == Double(value) } } : []
    meanInterval = Finding { () throws(Undefined) in
      try clustered.interval(bootstrap, label: "\(label)/mean", level: level, clustered.mean)
    }
    medianInterval = Finding { () throws(Undefined) in
      try clustered.interval(bootstrap, label: "\(label)/median", level: level, clustered.median)
    }
    violin = Finding { () throws(Undefined) in
      guard task != .choice else { throw Undefined("choices are right or wrong and have no violin") }
      let density = try KernelDensity(scores)
      let range =
        task == .word ? 0.0...1.0 : min(1, scores.first ?? 1) - 0.5...max(5, scores.last ?? 5) + 0.5
      return Violin(
        low: range.lowerBound, high: range.upperBound, densities: density.curve(over: range, count: 61))
    }
  }
}
