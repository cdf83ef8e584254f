/// Moments and quantiles of a list of numbers. All are `nil` for an empty list and where a number isn't finite.
public enum Sample {
  /// The arithmetic mean.
  public static func mean(_ values: [Double]) -> Double? {
    guard !values.isEmpty else { return nil }
    return finite(values.reduce(0, +) / Double(values.count))
  }

  /// The variance with divisor n − 1; `nil` for fewer than two numbers.
  public static func variance(_ values: [Double]) -> Double? {
    guard values.count > 1, let mean = mean(values) else { return nil }
    return finite(values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1))
  }

  /// The median: half of the numbers are at most this.
  public static func median(_ values: [Double]) -> Double? { quantile(0.5, of: values) }

  /// A quantile, interpolated linearly between order statistics (type 7 of Hyndman & Fan 1996, NumPy's default).
  /// `probability` is in [0, 1].
  public static func quantile(_ probability: Double, of values: [Double]) -> Double? {
    guard values.allSatisfy(\.isFinite) else { return nil }
    return quantile(probability, ofSorted: values.sorted())
  }

  /// The same of finite numbers in ascending order, without sorting them again.
  static func quantile(_ probability: Double, ofSorted values: [Double]) -> Double? {
    guard !values.isEmpty, probability >= 0, probability <= 1 else { return nil }
    let place = probability * Double(values.count - 1)
    let index = Int(place)
    guard index + 1 < values.count else { return values[values.count - 1] }
    let (low, high, fraction) = (values[index], values[index + 1], place - Double(index))
    // From the nearer end, so that a fraction of 1 gives the upper number itself.
    let step = high - low
    return finite(fraction < 0.5 ? low + step * fraction : high - step * (1 - fraction))
  }

  private static func finite(_ value: Double) -> Double? { value.isFinite ? value : nil }
}
