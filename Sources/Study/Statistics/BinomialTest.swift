/// The exact binomial test: are answers right more or less often than by chance? As `scipy.stats.binomtest`.
public enum BinomialTest {
  /// Which results count as far out.
  public enum Alternative: Sendable { case twoSided, greater, less }

  /// P(a result as far out) if each of `trials` succeeds with probability `chance`. Two-sided adds up all results that
  /// are no more probable than the one at hand.
  public static func p(
    _ successes: Int, of trials: Int, chance: Double, _ alternative: Alternative = .twoSided
  ) throws(Undefined) -> Double {
    guard trials > 0, successes >= 0, successes <= trials else { throw Undefined("there are no trials") }
    guard chance > 0, chance < 1 else { throw Undefined("chance lies between 0 and 1") }
    switch alternative {
    case .less: return atMost(successes, of: trials, chance)
    case .greater: return atMost(trials - successes, of: trials, 1 - chance)
    case .twoSided:
      let (n, k) = (Double(trials), Double(successes))
      let mean = n * chance
      if k == mean { return 1 }
      // Results as probable up to rounding count.
      let limit = probability(successes, trials, chance) * (1 + 1e-7)
      if k < mean {
        let other = farther(from: Int(mean.rounded(.up)), step: 1, trials, chance, limit)
        return min(1, atMost(successes, of: trials, chance) + atMost(trials - other, of: trials, 1 - chance))
      }
      let other = farther(from: Int(mean.rounded(.down)), step: -1, trials, chance, limit)
      return min(1, atMost(other, of: trials, chance) + atMost(trials - successes, of: trials, 1 - chance))
    }
  }

  /// The first result on the way outwards that is at most as probable as `limit`; one beyond the last if none is.
  private static func farther(
    from start: Int, step: Int, _ trials: Int, _ chance: Double, _ limit: Double
  ) -> Int {
    // Probabilities fall outwards, so the place is found by halving.
    var (near, far) = (0, (step > 0 ? trials - start : start) + 1)
    while near < far {
      let middle = (near + far) / 2
      if probability(start + step * middle, trials, chance) <= limit {
        far = middle
      } else {
        near = middle + 1
      }
    }
    return start + step * near
  }

  private static func probability(_ successes: Int, _ trials: Int, _ chance: Double) -> Double {
    SaddlePoint.binomial(Double(successes), of: Double(trials), p: chance, q: 1 - chance)
  }

  private static func atMost(_ successes: Int, of trials: Int, _ chance: Double) -> Double {
    if successes < 0 { return 0 }
    if successes >= trials { return 1 }
    // P(X ≤ k) = I(1 − p; n − k, k + 1)
    return IncompleteBeta.tails(1 - chance, chance, Double(trials - successes), Double(successes + 1)).lower
  }
}
