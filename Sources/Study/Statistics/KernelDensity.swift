import Foundation

/// A smooth density from a list of numbers, for violins: Gaussian kernels as wide as the rule of Scott (1992) says, as
/// `scipy.stats.gaussian_kde`.
public struct KernelDensity: Sendable {
  private let values: [Double]
  /// The standard deviation of a kernel, in the unit of the numbers.
  public let bandwidth: Double

  /// A density of at least two numbers that aren't all equal.
  public init(_ values: [Double]) throws(Undefined) {
    guard values.count > 1 else { throw Undefined("a density needs two values; there are \(values.count)") }
    guard let variance = Sample.variance(values) else { throw Undefined("a value is no finite number") }
    guard variance > 0, Set(values).count > 1 else { throw Undefined("all values are the same") }
    self.values = values
    bandwidth = variance.squareRoot() * pow(Double(values.count), -0.2)
  }

  /// The density at a place, per unit of the numbers.
  public func value(at place: Double) -> Double {
    let sum = values.reduce(0) { sum, value in
      let distance = (place - value) / bandwidth
      return sum + exp(-0.5 * distance * distance)
    }
    return sum / (Double(values.count) * bandwidth * (2 * .pi).squareRoot())
  }

  /// The density at `count` places evenly over a range, ends included.
  public func curve(over range: ClosedRange<Double>, count: Int = 64) -> [Double] {
    (0..<max(0, count)).map { index in
      let share = count > 1 ? Double(index) / Double(count - 1) : 0.5
      return value(at: range.lowerBound + (range.upperBound - range.lowerBound) * share)
    }
  }
}
