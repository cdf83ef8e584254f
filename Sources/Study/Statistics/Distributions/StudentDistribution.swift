/// Student's t distribution.
public struct StudentDistribution: Sendable {
  /// Degrees of freedom, positive.
  public let degrees: Double

  /// `nil` unless the degrees of freedom are positive and finite.
  public init?(degrees: Double) {
    guard degrees > 0, degrees.isFinite else { return nil }
    self.degrees = degrees
  }

  /// P(T ≤ t).
  public func cumulative(_ t: Double) -> Double { upperTail(-t) }

  /// P(T ≥ t).
  public func upperTail(_ t: Double) -> Double { t > 0 ? twoSided(t) / 2 : 1 - twoSided(t) / 2 }

  /// P(|T| ≥ |t|).
  public func twoSided(_ t: Double) -> Double {
    if t.isInfinite { return 0 }
    let sum = degrees + t * t
    return IncompleteBeta.tails(degrees / sum, t * t / sum, degrees / 2, 0.5).lower
  }

  /// The t that lies above a share of the distribution; `nil` unless the share is in (0, 1).
  public func quantile(_ share: Double) -> Double? {
    guard share > 0, share < 1 else { return nil }
    if share == 0.5 { return 0 }
    let tail = min(share, 1 - share)
    let size = Bisection.boundary(in: 0...1e150) { upperTail($0) <= tail }
    return share < 0.5 ? -size : size
  }
}
