/// A correlation coefficient with its test, two-sided, by Student's t.
public struct Correlation: Codable, Equatable, Sendable {
  /// How many pairs there are.
  public let pairs: Int
  /// The coefficient in [−1, 1].
  public let coefficient: Double
  /// P(a coefficient as far from zero) if the two don't depend on each other; `nil` for two pairs, which always lie on
  /// a line.
  public let p: Double?

  /// Pearson's product-moment correlation: how near to a line the pairs lie.
  public static func pearson(_ x: [Double], _ y: [Double]) throws(Undefined) -> Correlation {
    guard x.count == y.count, x.count > 1 else { throw Undefined("it needs two pairs") }
    guard let meanX = Sample.mean(x), let meanY = Sample.mean(y) else {
      throw Undefined("a value is no finite number")
    }
    var (xx, yy, xy) = (0.0, 0.0, 0.0)
    for (x, y) in zip(x, y) {
      xx += (x - meanX) * (x - meanX)
      yy += (y - meanY) * (y - meanY)
      xy += (x - meanX) * (y - meanY)
    }
    guard Set(x).count > 1, Set(y).count > 1 else { throw Undefined("one of the two doesn't vary") }
    // One root, so that pairs on a line give 1 and not its neighbour.
    let size = (xx * yy).squareRoot()
    guard size.isNormal else { throw Undefined("the values are too large or too near each other") }
    let coefficient = max(-1, min(1, xy / size))
    return Correlation(pairs: x.count, coefficient: coefficient, p: p(coefficient, pairs: x.count))
  }

  /// Spearman's correlation of ranks: how near to a rising curve the pairs lie.
  public static func spearman(_ x: [Double], _ y: [Double]) throws(Undefined) -> Correlation {
    guard (x + y).allSatisfy(\.isFinite) else { throw Undefined("a value is no finite number") }
    return try pearson(Ranks(x).values, Ranks(y).values)
  }

  private static func p(_ r: Double, pairs: Int) -> Double? {
    let degrees = Double(pairs - 2)
    let rest = (1 - r) * (1 + r)
    guard rest > 0 else { return pairs > 2 ? 0 : nil }
    return StudentDistribution(degrees: degrees)?.twoSided(r * (degrees / rest).squareRoot())
  }
}
