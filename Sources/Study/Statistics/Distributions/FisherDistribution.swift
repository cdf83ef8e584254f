import Foundation

/// Fisher's F distribution.
public struct FisherDistribution: Sendable {
  /// Degrees of freedom of the numerator.
  public let numerator: Double
  /// Degrees of freedom of the denominator.
  public let denominator: Double

  /// `nil` unless both are positive and finite.
  public init?(_ numerator: Double, _ denominator: Double) {
    guard numerator > 0, denominator > 0, numerator.isFinite, denominator.isFinite else { return nil }
    self.numerator = numerator
    self.denominator = denominator
  }

  /// P(X ≤ x).
  public func cumulative(_ x: Double) -> Double { tails(x).lower }

  /// P(X ≥ x): the p-value of a test.
  public func upperTail(_ x: Double) -> Double { tails(x).upper }

  /// The x that lies above a share of the distribution; `nil` unless the share is in (0, 1).
  public func quantile(_ share: Double) -> Double? {
    // numerator × x / denominator are the odds of a beta variable.
    BetaDistribution(numerator / 2, denominator / 2)?.logOdds(share).map {
      exp($0) * denominator / numerator
    }
  }

  private func tails(_ x: Double) -> (lower: Double, upper: Double) {
    if x <= 0 { return (0, 1) }
    if x == .infinity { return (1, 0) }
    let scaled = numerator * x
    let sum = scaled + denominator
    return IncompleteBeta.tails(scaled / sum, denominator / sum, numerator / 2, denominator / 2)
  }
}
