/// The rank-sum test of Mann & Whitney (1947), two-sided: do two groups of different participants differ? As
/// `scipy.stats.mannwhitneyu`, with continuity correction in the approximation.
public struct MannWhitneyTest: Codable, Equatable, Sendable {
  /// The sizes of both groups.
  public let sizes: [Int]
  /// How many pairs, one of each group, have the first one greater; equal pairs count half.
  public let u: Double
  /// P(a number as far from half of all pairs) if the groups don't differ.
  public let p: Double
  /// Where it comes from.
  public let source: WilcoxonTest.Source

  /// Tests two groups. The p-value is exact without ties if the smaller group has at most eight and there are at most
  /// 10,000 pairs, else it is approximate, unless `source` says otherwise.
  public init(_ a: [Double], _ b: [Double], source: WilcoxonTest.Source? = nil) throws(Undefined) {
    guard !a.isEmpty, !b.isEmpty else { throw Undefined("one of the groups is empty") }
    guard (a + b).allSatisfy(\.isFinite) else { throw Undefined("a value is no finite number") }
    let ranks = Ranks(a + b)
    let (n, m) = (Double(a.count), Double(b.count))
    let u = ranks.values[..<a.count].reduce(0, +) - n * (n + 1) / 2
    let total = n + m
    let variance = n * m / 12 * (total + 1 - ranks.tieSum / (total * (total - 1)))
    guard Set(a + b).count > 1, variance > 0 else { throw Undefined("all values are the same") }
    let isSmall =
      min(a.count, b.count) <= 8 && a.count.multipliedReportingOverflow(by: b.count).partialValue <= 10_000
    let chosen = source ?? (ranks.ties.isEmpty && isSmall ? .exact : .normal)
    sizes = [a.count, b.count]
    self.u = u
    self.source = chosen
    let far = max(u, n * m - u)
    if chosen == .exact {
      p = Self.exact(Int(far.rounded(.up)), min(a.count, b.count), max(a.count, b.count))
    } else {
      p = min(1, 2 * NormalDistribution.upperTail((far - n * m / 2 - 0.5) / variance.squareRoot()))
    }
  }

  /// Twice the share of ways to deal out the ranks by which at least `u` pairs have the first one greater.
  private static func exact(_ u: Int, _ n: Int, _ m: Int) -> Double {
    // ways[k][s]: k of the ranks so far are the first group's, and s is how far they exceed 1, 2, …, k in sum.
    var ways = [[Double]](repeating: [Double](repeating: 0, count: n * m + 1), count: n + 1)
    ways[0][0] = 1
    for rank in 1...n + m {
      for k in stride(from: min(rank, n), through: 1, by: -1) {
        let excess = rank - k
        guard excess <= m else { continue }
        for sum in stride(from: n * m, through: excess, by: -1) { ways[k][sum] += ways[k - 1][sum - excess] }
      }
    }
    let all = ways[n].reduce(0, +)
    return min(1, 2 * ways[n][min(u, n * m)...].reduce(0, +) / all)
  }
}
