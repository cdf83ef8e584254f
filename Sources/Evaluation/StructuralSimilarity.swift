import Foundation
public import Imaging

/// The structural similarity of Wang, Bovik, Sheikh & Simoncelli (2004): how alike light, contrast and structure of two
/// pictures are, in windows weighted by a Gaussian.
///
/// The paper's settings: 11 × 11 pixels, standard deviation 1.5, K1 = 0.01, K2 = 0.03, values up to 1. Windows lie
/// within the picture. Means are taken over windows, then over channels.
public enum StructuralSimilarity {
  private static let window = 11

  /// The mean similarity, 1 for equal pictures. Throws ``EvaluationError`` for pictures of different sizes or smaller
  /// than a window.
  public static func mean(_ a: Image, _ b: Image) throws(EvaluationError) -> Double {
    guard a.width == b.width, a.height == b.height, a.channels == b.channels else {
      throw .incomparable(
        "one has \(a.channels) × \(a.height) × \(a.width) numbers, the other \(b.channels) × \(b.height) × \(b.width)"
      )
    }
    guard min(a.width, a.height) >= window else {
      throw .incomparable("\(a.width) × \(a.height) pixels are less than a window of \(window) × \(window)")
    }
    var sum = 0.0
    for channel in 0..<a.channels {
      sum += mean(Plane(a, channel), Plane(b, channel))
    }
    return sum / Double(a.channels)
  }

  private static func mean(_ a: Plane, _ b: Plane) -> Double {
    let (light, contrast) = (0.01 * 0.01, 0.03 * 0.03)
    let (meanA, meanB) = (a.blurred(), b.blurred())
    let (squaresA, squaresB, products) = (a.times(a).blurred(), b.times(b).blurred(), a.times(b).blurred())
    var sum = 0.0
    for index in meanA.values.indices {
      let (x, y) = (meanA.values[index], meanB.values[index])
      let varianceA = squaresA.values[index] - x * x
      let varianceB = squaresB.values[index] - y * y
      let covariance = products.values[index] - x * y
      sum +=
        (2 * x * y + light) * (2 * covariance + contrast)
        / ((x * x + y * y + light) * (varianceA + varianceB + contrast))
    }
    return sum / Double(meanA.values.count)
  }

  /// One channel in double precision: variances are small differences of large numbers.
  private struct Plane {
    let width: Int
    let height: Int
    var values: [Double]

    init(width: Int, height: Int, values: [Double]) {
      self.width = width
      self.height = height
      self.values = values
    }

    init(_ image: Image, _ channel: Int) {
      self.init(
        width: image.width, height: image.height, values: image.channel(channel).pixels.map(Double.init))
    }

    func times(_ other: Plane) -> Plane {
      Plane(width: width, height: height, values: zip(values, other.values).map(*))
    }

    /// Gaussian means of all windows within the plane, which is smaller by a window less one.
    func blurred() -> Plane {
      let weights = Plane.weights
      let (narrow, short) = (width - window + 1, height - window + 1)
      var rows = [Double](repeating: 0, count: height * narrow)
      for y in 0..<height {
        for x in 0..<narrow {
          var sum = 0.0
          for k in 0..<window { sum += weights[k] * values[y * width + x + k] }
          rows[y * narrow + x] = sum
        }
      }
      var result = [Double](repeating: 0, count: short * narrow)
      for y in 0..<short {
        for x in 0..<narrow {
          var sum = 0.0
          for k in 0..<window { sum += weights[k] * rows[(y + k) * narrow + x] }
          result[y * narrow + x] = sum
        }
      }
      return Plane(width: narrow, height: short, values: result)
    }

    private static let weights: [Double] = {
      let powers = (0..<window).map { exp(-pow(Double($0 - window / 2), 2) / (2 * 1.5 * 1.5)) }
      let sum = powers.reduce(0, +)
      return powers.map { $0 / sum }
    }()
  }
}
