import Foundation

/// Binomial and Poisson probabilities for real arguments without the cancellation of large logarithms (Loader 2000,
/// "Fast and accurate computation of binomial probabilities"): what the incomplete beta and gamma functions start from.
enum SaddlePoint {
  /// xᵐ e^(−x) / Γ(m + 1), for m ≥ 0 and x > 0.
  static func poisson(_ m: Double, mean x: Double) -> Double {
    if m == 0 { return exp(-x) }
    return exp(-stirlingError(m) - deviance(m, x)) / (2 * .pi * m).squareRoot()
  }

  /// Γ(n + 1) / (Γ(m + 1) Γ(n − m + 1)) pᵐ qⁿ⁻ᵐ, for 0 ≤ m ≤ n and p + q = 1.
  static func binomial(_ m: Double, of n: Double, p: Double, q: Double) -> Double {
    if p == 0 { return m == 0 ? 1 : 0 }
    if q == 0 { return m == n ? 1 : 0 }
    if m == 0 { return exp(n * (p < 0.5 ? log1p(-p) : log(q))) }
    if m == n { return exp(n * (q < 0.5 ? log1p(-q) : log(p))) }
    let rest = n - m
    let exponent =
      stirlingError(n) - stirlingError(m) - stirlingError(rest)
      - deviance(m, n * p) - deviance(rest, n * q)
    return exp(exponent) * (n / (2 * .pi * m * rest)).squareRoot()
  }

  /// log Γ(n + 1) − log(√(2πn) (n/e)ⁿ).
  private static func stirlingError(_ n: Double) -> Double {
    guard n > 15 else {
      let factorial: Double = lgamma(n + 1)
      return factorial - (n + 0.5) * log(n) + n - 0.918938533204672741780329736406
    }
    let square = n * n
    var series = 691 / 360360.0
    for coefficient in [1 / 1188.0, 1 / 1680.0, 1 / 1260.0, 1 / 360.0, 1 / 12.0] {
      series = coefficient - series / square
    }
    return series / n
  }

  /// m log(m / x) + x − m, by its series where the two are near each other.
  private static func deviance(_ m: Double, _ x: Double) -> Double {
    guard abs(m - x) < 0.1 * (m + x) else { return m * log(m / x) + x - m }
    let ratio = (m - x) / (m + x)
    var sum = (m - x) * ratio
    var term = 2 * m * ratio
    var odd = 3.0
    while true {
      term *= ratio * ratio
      let next = sum + term / odd
      if next == sum { return sum }
      sum = next
      odd += 2
    }
  }
}
