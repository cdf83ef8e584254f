/// The regularized incomplete beta function, each tail computed on its own so that small ones stay exact.
enum IncompleteBeta {
  /// I(x; a, b) and 1 − I(x; a, b), for a, b > 0. `y` is 1 − x, given apart because x may be too near 1 to tell.
  static func tails(_ x: Double, _ y: Double, _ a: Double, _ b: Double) -> (lower: Double, upper: Double) {
    if x <= 0 { return (0, 1) }
    if y <= 0 { return (1, 0) }
    // xᵃ yᵇ / B(a, b)
    let start = SaddlePoint.binomial(a, of: a + b, p: x, q: y) * (b / (a + b)) * a
    // The fraction converges quickly on one side of the mean.
    if x < (a + 1) / (a + b + 2) {
      let lower = start / a * fraction(x, a, b)
      return (lower, 1 - lower)
    }
    let upper = start / b * fraction(y, b, a)
    return (1 - upper, upper)
  }

  /// The continued fraction of Abramowitz & Stegun 26.5.8, by the modified method of Lentz.
  private static func fraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
    let tiny = 1e-300
    func safe(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
    var c = 1.0
    var d = 1 / safe(1 - (a + b) * x / (a + 1))
    var result = d
    for step in 1...100_000 {
      let m = Double(step)
      let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      d = 1 / safe(1 + even * d)
      c = safe(1 + even / c)
      result *= d * c
      let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      d = 1 / safe(1 + odd * d)
      c = safe(1 + odd / c)
      result *= d * c
      if abs(d * c - 1) < 1e-16 { break }
    }
    return result
  }
}
