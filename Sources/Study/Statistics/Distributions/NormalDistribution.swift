import Foundation

/// The standard normal distribution.
public enum NormalDistribution {
  /// P(Z ≤ z).
  public static func cumulative(_ z: Double) -> Double { erfc(-z / 2.0.squareRoot()) / 2 }

  /// P(Z ≥ z), exact far out too.
  public static func upperTail(_ z: Double) -> Double { erfc(z / 2.0.squareRoot()) / 2 }

  /// P(|Z| ≥ |z|).
  public static func twoSided(_ z: Double) -> Double { erfc(abs(z) / 2.0.squareRoot()) }

  /// The z that lies above a share of the distribution; `nil` unless the share is in (0, 1).
  public static func quantile(_ share: Double) -> Double? {
    guard share > 0, share < 1 else { return nil }
    if share > 0.5 { return -lowerQuantile(1 - share) }
    return lowerQuantile(share)
  }

  private static func lowerQuantile(_ share: Double) -> Double {
    Bisection.boundary(in: -40...0) { cumulative($0) >= share }
  }
}
