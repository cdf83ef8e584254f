public import Imaging
import Foundation

/// How far two pictures of one size lie apart. Values are in [0, 1], so that 1/255 is one 8-bit level.
public struct PictureDistance: Sendable, Codable, Equatable {
  /// Largest difference of a channel of a pixel: L∞.
  public let maximum: Double
  /// Square root of the summed squared differences: L2.
  public let euclidean: Double
  /// Square root of the mean squared difference.
  public let rootMeanSquare: Double
  /// Peak signal-to-noise ratio, 10 log10(1 / mean squared difference), in decibels; `nil` for equal pictures.
  public let peakRatio: Double?
  /// Structural similarity, 1 for equal pictures; see ``StructuralSimilarity``.
  public let similarity: Double
  /// The part of all numbers that differ after rounding both pictures to 8 bits.
  public let changed: Double

  /// Compares two pictures. Throws ``EvaluationError`` if their sizes differ or they are smaller than the window of the
  /// structural similarity.
  public init(_ a: Image, _ b: Image) throws(EvaluationError) {
    similarity = try StructuralSimilarity.mean(a, b)
    var largest = 0.0
    var squares = 0.0
    for (x, y) in zip(a.pixels, b.pixels) {
      let difference = Double(x) - Double(y)
      largest = max(largest, abs(difference))
      squares += difference * difference
    }
    let count = Double(a.pixels.count)
    maximum = largest
    euclidean = squares.squareRoot()
    rootMeanSquare = (squares / count).squareRoot()
    peakRatio = squares > 0 ? -10 * log10(squares / count) : nil
    changed = Double(zip(a.quantized().pixels, b.quantized().pixels).count { $0 != $1 }) / count
  }
}
