/// The score interval of Wilson (1927) for a share, good for few trials and near 0 and 1.
public enum WilsonInterval {
  /// The interval for `successes` of `trials`.
  public static func of(_ successes: Int, of trials: Int, level: Double = 0.95) throws(Undefined) -> Interval
  {
    guard trials > 0, successes >= 0, successes <= trials else { throw Undefined("there are no trials") }
    guard level > 0, level < 1, let z = NormalDistribution.quantile(0.5 + level / 2) else {
      throw Undefined("a confidence level lies between 0 and 1")
    }
    let (n, share) = (Double(trials), Double(successes) / Double(trials))
    let scale = 1 + z * z / n
    let centre = (share + z * z / (2 * n)) / scale
    let reach = z / scale * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
    // At the ends the limit is the end itself, but for rounding.
    return Interval(
      low: successes == 0 ? 0 : max(0, centre - reach),
      high: successes == trials ? 1 : min(1, centre + reach), level: level)
  }
}
