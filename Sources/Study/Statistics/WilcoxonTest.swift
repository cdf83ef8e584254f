/// The signed-rank test of Wilcoxon (1945), two-sided: do paired differences lie about zero? As
/// `scipy.stats.wilcoxon` with `method='auto'`, without continuity correction.
public struct WilcoxonTest: Codable, Equatable, Sendable {
  /// What becomes of pairs that don't differ.
  public enum Zeros: String, Codable, Sendable, CaseIterable {
    /// They are left out (Wilcoxon 1945).
    case wilcox
    /// They are ranked, then left out (Pratt 1959).
    case pratt
  }

  /// Where the p-value comes from.
  public enum Source: String, Codable, Sendable {
    /// All assignments of signs to the ranks at hand, counted.
    case exact
    /// The normal approximation with correction for ties.
    case normal
  }

  /// How many pairs there are, with those that don't differ.
  public let pairs: Int
  /// How many of them don't differ.
  public let zeros: Int
  /// The sum of the ranks of positive differences.
  public let positive: Double
  /// The sum of the ranks of negative differences.
  public let negative: Double
  /// P(rank sums as far apart) if differences lie about zero.
  public let p: Double
  /// Where it comes from.
  public let source: Source
  /// The standardized positive rank sum.
  public let z: Double
  /// The matched-pairs rank-biserial correlation (Kerby 2014) in [−1, 1]: the share of rank sum that speaks for the
  /// first of each pair, less the share that speaks against.
  public let rankBiserial: Double

  /// SciPy's `statistic`: the lesser of the rank sums.
  public var statistic: Double { min(positive, negative) }

  /// Tests differences of pairs. The p-value is exact for up to 50 differing pairs without ties and zeros, and for up
  /// to 13 pairs with such; else it is approximate, unless `source` says otherwise.
  public init(_ differences: [Double], zeros handling: Zeros = .wilcox, source: Source? = nil)
    throws(Undefined)
  {
    guard !differences.isEmpty else { throw Undefined("there are no pairs") }
    guard differences.allSatisfy(\.isFinite) else { throw Undefined("a difference is no finite number") }
    let kept = handling == .wilcox ? differences.filter { $0 != 0 } : differences
    let zeros = differences.count { $0 == 0 }
    guard zeros < differences.count else { throw Undefined("all differences are zero") }
    let ranks = Ranks(kept.map(abs))
    var (positive, negative) = (0.0, 0.0)
    var signed: [Double] = []
    for (difference, rank) in zip(kept, ranks.values) where difference != 0 {
      if difference > 0 { positive += rank } else { negative += rank }
      signed.append(rank)
    }
    let moments = Self.moments(count: kept.count, zeros: kept.count - signed.count, ranks)
    let z = (positive - moments.mean) / moments.deviation
    let clean = zeros == 0 && ranks.ties.isEmpty
    let chosen = source ?? (differences.count <= (clean ? 50 : 13) ? .exact : .normal)
    pairs = differences.count
    self.zeros = zeros
    self.positive = positive
    self.negative = negative
    self.source = chosen
    self.z = z
    p = chosen == .exact ? Self.exact(signed, positive: positive) : NormalDistribution.twoSided(z)
    rankBiserial = (positive - negative) / (positive + negative)
  }

  /// Mean and standard deviation of the positive rank sum; zeros that were ranked (Pratt) after Cureton 1967.
  private static func moments(count: Int, zeros: Int, _ ranks: Ranks) -> (mean: Double, deviation: Double) {
    func sum(_ n: Double) -> Double { n * (n + 1) / 4 }
    func squares(_ n: Double) -> Double { n * (n + 1) * (2 * n + 1) }
    let (n, z) = (Double(count), Double(zeros))
    // The zeros are a group of ties of their own, which their own term takes care of.
    let ties = ranks.tieSum - z * (z * z - 1)
    return (sum(n) - sum(z), ((squares(n) - squares(z) - ties / 2) / 24).squareRoot())
  }

  /// The share of sign assignments whose positive rank sum lies as far out; ranks are doubled, so that ties are whole.
  private static func exact(_ ranks: [Double], positive: Double) -> Double {
    let doubled = ranks.map { Int((2 * $0).rounded()) }
    var shares = [1.0]
    for rank in doubled {
      var next = [Double](repeating: 0, count: shares.count + rank)
      for (sum, share) in shares.enumerated() {
        next[sum] += share / 2
        next[sum + rank] += share / 2
      }
      shares = next
    }
    let observed = Int((2 * positive).rounded())
    let lower = shares[...observed].reduce(0, +)
    let upper = shares[observed...].reduce(0, +)
    return min(1, 2 * min(lower, upper))
  }
}
