/// A confidence interval.
public struct Interval: Hashable, Codable, Sendable {
  /// The lower end.
  public let low: Double
  /// The upper end.
  public let high: Double
  /// How often such intervals hold the true value, in (0, 1): 0.95.
  public let level: Double

  /// An interval from its ends.
  public init(low: Double, high: Double, level: Double) {
    self.low = low
    self.high = high
    self.level = level
  }
}
