import Imaging
import Tensor

/// How strong each spatial frequency is in natural pictures: the magnitudes of their Fourier transforms, averaged.
/// MACO fixes a picture's magnitudes to these.
///
/// Colours are uncorrelated first (``ColourBasis``), as the picture's are when its spectrum is made. Only the relations
/// between the numbers matter, for the picture is standardized. The paper took ImageNet's training pictures; which
/// colour values its file was made from isn't published: here it is red, green and blue in [0, 1].
public struct MagnitudeSpectrum: Sendable, Equatable {
  /// Planes: three colours, or one.
  public let channels: Int
  /// Rows of the pictures.
  public let height: Int
  /// Columns of the half spectrum: half the pictures' columns and one.
  public let halfWidth: Int
  /// channels × height × halfWidth, rows and columns in the order of NumPy's `rfft2`.
  public let values: [Float]

  /// A spectrum from its numbers. Throws ``VisualizationError/unusableSpectrum(reason:)`` if they can't be magnitudes.
  public init(channels: Int, height: Int, halfWidth: Int, values: [Float]) throws(VisualizationError) {
    guard channels == 1 || channels == 3, height > 1, halfWidth > 1,
      values.count / channels / height == halfWidth, values.count % (channels * height) == 0
    else {
      throw .unusableSpectrum(
        reason: "it is \(channels)×\(height)×\(halfWidth); needed are 3×rows×(columns/2 + 1)")
    }
    guard values.allSatisfy({ $0.isFinite && $0 >= 0 }), values.contains(where: { $0 > 0 }) else {
      throw .unusableSpectrum(reason: "magnitudes are finite, not negative, and not all zero")
    }
    self.init(unchecked: values, channels: channels, height: height, halfWidth: halfWidth)
  }

  private init(unchecked values: [Float], channels: Int, height: Int, halfWidth: Int) {
    self.channels = channels
    self.height = height
    self.halfWidth = halfWidth
    self.values = values
  }

  /// Magnitudes that fall with frequency, 1/max(f, 1/size), alike in all colours: what is known of natural pictures
  /// without any.
  public static func inverseFrequency(size: Int, channels: Int = 3) -> MagnitudeSpectrum {
    let plan = FourierPlan(height: size, width: size)
    let plane = plan.frequencies.map { 1 / max($0, 1 / Float(size)) }
    return MagnitudeSpectrum(
      unchecked: (0..<channels).flatMap { _ in plane }, channels: channels, height: size,
      halfWidth: plan.halfWidth)
  }

  /// Measures `count` pictures of C×size×size numbers in [0, 1]. `picture` gives one at a time and may throw. Throws
  /// ``VisualizationError`` for pictures of another size, or none.
  public static func measure(
    count: Int, size: Int, channels: Int = 3, picture: (Int) throws -> [Float]
  ) throws -> MagnitudeSpectrum {
    guard count > 0 else { throw VisualizationError.missingReferences(method: "a magnitude spectrum") }
    let plan = FourierPlan(height: size, width: size, channels: channels)
    let run = plan.height * plan.halfWidth
    var sums = [Double](repeating: 0, count: channels * run)
    for index in 0..<count {
      var values = try picture(index)
      guard values.count == plan.pictureCount else {
        throw VisualizationError.referenceSize(
          index: index, count: values.count, expected: plan.pictureCount)
      }
      if channels == 3 { ColourBasis.decorrelate(&values, area: size * size) }
      let spectrum = plan.transform(values)
      for place in sums.indices {
        let real = place / run * 2 * run + place % run
        sums[place] += Double(
          (spectrum[real] * spectrum[real] + spectrum[real + run] * spectrum[real + run]).squareRoot())
      }
    }
    return try MagnitudeSpectrum(
      channels: channels, height: size, halfWidth: plan.halfWidth,
      values: sums.map { Float($0 / Double(count)) })
  }

  /// The spectrum for pictures of another size, as Horama resizes it: bilinear, antialiased when it shrinks. A frequency
  /// keeps its place in cycles a pixel.
  func resized(height: Int, width: Int) -> MagnitudeSpectrum {
    let half = width / 2 + 1
    guard height != self.height || half != halfWidth else { return self }
    let planes = Image(width: halfWidth, height: self.height, channels: channels, pixels: values)
    return MagnitudeSpectrum(
      unchecked: planes.resized(width: half, height: height, filter: .bilinear, rounding: false).pixels,
      channels: channels, height: height, halfWidth: half)
  }
}
