import Foundation

/// The chi-square distribution.
public struct ChiSquareDistribution: Sendable {
  /// Degrees of freedom, positive.
  public let degrees: Double

  /// `nil` unless the degrees of freedom are positive and finite.
  public init?(degrees: Double) {
    guard degrees > 0, degrees.isFinite else { return nil }
    self.degrees = degrees
  }

  /// P(X ≤ x).
  public func cumulative(_ x: Double) -> Double { IncompleteGamma.tails(degrees / 2, x / 2).lower }

  /// P(X ≥ x): the p-value of a test.
  public func upperTail(_ x: Double) -> Double { IncompleteGamma.tails(degrees / 2, x / 2).upper }

  /// The x that lies above a share of the distribution; `nil` unless the share is in (0, 1).
  public func quantile(_ share: Double) -> Double? {
    guard share > 0, share < 1 else { return nil }
    // In logarithms, as the lower tail of few degrees reaches down to tiny numbers.
    return exp(
      Bisection.boundary(in: -700...700) { logarithm in
        let tails = IncompleteGamma.tails(degrees / 2, exp(logarithm) / 2)
        return share < 0.5 ? tails.lower >= share : tails.upper <= 1 - share
      })
  }
}
