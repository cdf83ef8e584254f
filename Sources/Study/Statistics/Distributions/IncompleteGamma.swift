/// The regularized incomplete gamma functions, each tail computed on its own so that small ones stay exact.
enum IncompleteGamma {
  /// P(a, x) and Q(a, x) = 1 − P(a, x), for a > 0 and x ≥ 0.
  static func tails(_ a: Double, _ x: Double) -> (lower: Double, upper: Double) {
    if x <= 0 { return (0, 1) }
    if x == .infinity { return (1, 0) }
    let start = SaddlePoint.poisson(a, mean: x)
    if x < a + 1 {
      let lower = start * series(a, x)
      return (lower, 1 - lower)
    }
    let upper = start * a * fraction(a, x)
    return (1 - upper, upper)
  }

  /// 1 + x/(a+1) + x²/((a+1)(a+2)) + …
  private static func series(_ a: Double, _ x: Double) -> Double {
    var (sum, term, n) = (1.0, 1.0, a)
    while true {
      n += 1
      term *= x / n
      let next = sum + term
      // Terms shrink from the start, as x < a + 1.
      if next == sum { return sum }
      sum = next
    }
  }

  /// The continued fraction of Γ(a, x) eˣ x⁻ᵃ (Abramowitz & Stegun 6.5.31), by the modified method of Lentz.
  private static func fraction(_ a: Double, _ x: Double) -> Double {
    let tiny = 1e-300
    var b = x + 1 - a
    var (c, d) = (1 / tiny, 1 / b)
    var result = d
    for step in 1...100_000 {
      let i = Double(step)
      let numerator = -i * (i - a)
      b += 2
      d = numerator * d + b
      if abs(d) < tiny { d = tiny }
      c = b + numerator / c
      if abs(c) < tiny { c = tiny }
      d = 1 / d
      result *= d * c
      if abs(d * c - 1) < 1e-16 { break }
    }
    return result
  }
}
