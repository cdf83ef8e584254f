/// The test of Friedman (1937): do the same participants judge several methods alike? With the correction for ties of
/// Conover (1999), as `scipy.stats.friedmanchisquare`.
public struct FriedmanTest: Codable, Equatable, Sendable {
  /// How many participants there are.
  public let participants: Int
  /// The mean rank of each method, 1 for the lowest.
  public let meanRanks: [Double]
  /// The statistic, about chi-square.
  public let chiSquare: Double
  /// Methods less one.
  public let degrees: Int
  /// P(chi-square ≥ this) if methods don't differ.
  public let p: Double
  /// Kendall's coefficient of concordance W in [0, 1], the effect's size: 1 where all rank alike.
  public let concordance: Double
  /// The more powerful F statistic of Iman & Davenport (1980); `nil` where all participants rank alike, as it is
  /// infinite then.
  public let imanDavenport: FStatistic?

  /// An F statistic with its degrees of freedom.
  public struct FStatistic: Codable, Equatable, Sendable {
    /// The statistic.
    public let f: Double
    /// Degrees of freedom: methods less one, and that times participants less one.
    public let degrees: [Int]
    /// P(F ≥ this) if methods don't differ.
    public let p: Double
  }

  /// Tests a table with a row for each participant and a column for each method.
  public init(_ rows: [[Double]]) throws(Undefined) {
    guard let methods = rows.first?.count, rows.count > 1 else {
      throw Undefined("it needs two participants with a value for every method; there are \(rows.count)")
    }
    guard methods > 1 else { throw Undefined("it needs two methods; there are \(methods)") }
    guard rows.allSatisfy({ $0.count == methods && $0.allSatisfy(\.isFinite) }) else {
      throw Undefined("not every participant has a value for every method")
    }
    let (n, k) = (Double(rows.count), Double(methods))
    var sums = [Double](repeating: 0, count: methods)
    var ties = 0.0
    for row in rows {
      let ranks = Ranks(row)
      for column in 0..<methods { sums[column] += ranks.values[column] }
      ties += ranks.tieSum
    }
    let correction = 1 - ties / (n * k * (k * k - 1))
    guard correction > 1e-12 else { throw Undefined("every participant judges all methods equal") }
    // From the mean rank, where the usual formula takes a difference of large numbers.
    let spread = sums.reduce(0) { $0 + ($1 - n * (k + 1) / 2) * ($1 - n * (k + 1) / 2) }
    let chiSquare = 12 * spread / (n * k * (k + 1)) / correction
    guard let distribution = ChiSquareDistribution(degrees: k - 1) else {
      throw Undefined("it needs two methods")
    }
    participants = rows.count
    meanRanks = sums.map { $0 / n }
    self.chiSquare = chiSquare
    degrees = methods - 1
    p = distribution.upperTail(chiSquare)
    concordance = min(1, chiSquare / (n * (k - 1)))
    let rest = n * (k - 1) - chiSquare
    let f = (n - 1) * chiSquare / rest
    if rest > 1e-9 * n, let distribution = FisherDistribution(k - 1, (k - 1) * (n - 1)) {
      imanDavenport = FStatistic(
        f: f, degrees: [methods - 1, (methods - 1) * (rows.count - 1)], p: distribution.upperTail(f))
    } else {
      imanDavenport = nil
    }
  }
}
