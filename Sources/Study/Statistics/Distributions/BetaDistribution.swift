import Foundation

/// The beta distribution on [0, 1].
public struct BetaDistribution: Sendable {
  /// The exponent of x in the density, plus one.
  public let a: Double
  /// The exponent of 1 − x, plus one.
  public let b: Double

  /// `nil` unless both are positive and finite.
  public init?(_ a: Double, _ b: Double) {
    guard a > 0, b > 0, a.isFinite, b.isFinite else { return nil }
    self.a = a
    self.b = b
  }

  /// P(X ≤ x).
  public func cumulative(_ x: Double) -> Double { IncompleteBeta.tails(x, 1 - x, a, b).lower }

  /// P(X ≥ x).
  public func upperTail(_ x: Double) -> Double { IncompleteBeta.tails(x, 1 - x, a, b).upper }

  /// The x that lies above a share of the distribution; `nil` unless the share is in (0, 1).
  public func quantile(_ share: Double) -> Double? {
    logOdds(share).map { 1 / (1 + exp(-$0)) }
  }

  /// log(x / (1 − x)) of that x: exact at both ends.
  func logOdds(_ share: Double) -> Double? {
    guard share > 0, share < 1 else { return nil }
    return Bisection.boundary(in: -700...700) { logOdds in
      let tails = IncompleteBeta.tails(1 / (1 + exp(-logOdds)), 1 / (1 + exp(logOdds)), a, b)
      return share < 0.5 ? tails.lower >= share : tails.upper <= 1 - share
    }
  }
}
