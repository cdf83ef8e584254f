import Foundation

/// The standard normal distribution in 65,536 equally likely steps.
enum NormalQuantiles {
  /// Φ⁻¹((i + ½)/65,536)
  static let table: [Float] = {
    let count = 65_536
    var upper: [Float] = []
    upper.reserveCapacity(count / 2)
    var z = 0.0
    for index in count / 2..<count {
      let wanted = (Double(index) + 0.5) / Double(count)
      // Newton's method on the upper tail, where erfc keeps its digits; the last quantile is a good start.
      for _ in 0..<50 {
        let tail = 0.5 * erfc(z / 2.0.squareRoot())
        let density = exp(-z * z / 2) / (2 * .pi).squareRoot()
        let change = (tail - (1 - wanted)) / density
        z += change
        if abs(change) < 1e-12 { break }
      }
      upper.append(Float(z))
    }
    return upper.reversed().map { -$0 } + upper
  }()
}
