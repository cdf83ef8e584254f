/// The test of Kruskal & Wallis (1952): do groups of different participants differ? With correction for ties, as
/// `scipy.stats.kruskal`.
public struct KruskalWallisTest: Codable, Equatable, Sendable {
  /// The sizes of the groups.
  public let sizes: [Int]
  /// The statistic H, about chi-square.
  public let h: Double
  /// Groups less one.
  public let degrees: Int
  /// P(H ≥ this) if groups don't differ.
  public let p: Double

  /// Tests two groups or more.
  public init(_ groups: [[Double]]) throws(Undefined) {
    guard groups.count > 1, groups.allSatisfy({ !$0.isEmpty }) else {
      throw Undefined("it needs two groups, none of them empty")
    }
    let all = Array(groups.joined())
    guard all.allSatisfy(\.isFinite) else { throw Undefined("a value is no finite number") }
    guard Set(all).count > 1 else { throw Undefined("all values are the same") }
    let ranks = Ranks(all)
    let n = Double(all.count)
    var (start, spread) = (0, 0.0)
    for group in groups {
      let sum = ranks.values[start..<start + group.count].reduce(0, +)
      let difference = sum / Double(group.count) - (n + 1) / 2
      spread += Double(group.count) * difference * difference
      start += group.count
    }
    guard let distribution = ChiSquareDistribution(degrees: Double(groups.count - 1)) else {
      throw Undefined("it needs two groups")
    }
    h = 12 * spread / (n * (n + 1)) / (1 - ranks.tieSum / (n * (n * n - 1)))
    sizes = groups.map(\.count)
    degrees = groups.count - 1
    p = distribution.upperTail(h)
  }
}
