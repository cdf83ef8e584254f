/// How a network wants its pictures: size, crop and normalization.
public struct InputSpecification: Sendable, Codable, Equatable {
  /// The filter that resizes pictures, antialiased.
  public enum Interpolation: String, Sendable, Codable, CaseIterable {
    /// Triangle.
    case bilinear
    /// Cubic with a = −0.5.
    case bicubic
  }

  /// Side of the square that the network sees, in pixels.
  public var size: Int
  /// Pixels that the shorter side is resized to before the crop.
  public var resize: Int
  /// The filter of that resizing.
  public var interpolation: Interpolation
  /// Whether pictures are turned as their EXIF orientation says. torchvision and PIL don't, so most training didn't.
  public var upright = false
  /// Mean of each channel, subtracted from values in [0, 1].
  public var mean: [Float]
  /// Standard deviation of each channel, divided by after that.
  public var deviation: [Float]

  /// A specification; ImageNet's crop and normalization where nothing is said: the shorter side to 256/224 of the size.
  public init(
    size: Int = 224, resize: Int? = nil, interpolation: Interpolation = .bilinear,
    mean: [Float] = [0.485, 0.456, 0.406], deviation: [Float] = [0.229, 0.224, 0.225]
  ) {
    self.size = size
    self.resize = resize ?? (size * 256 + 112) / 224
    self.interpolation = interpolation
    self.mean = mean
    self.deviation = deviation
  }

  /// More pixels a side no network sees.
  static let greatestSize = 8192

  /// How many numbers a prepared picture has: 3 × size × size.
  public var count: Int { mean.count * size * size }

  /// The same preparation at another size: the same part of a picture is seen.
  func scaled(to size: Int) -> InputSpecification {
    var result = self
    result.resize = (resize * size + self.size / 2) / self.size
    result.size = size
    return result
  }

  /// Normalizes C×H×W numbers in [0, 1], of one picture or several after another, in place.
  public func normalize(_ values: inout [Float]) {
    apply(to: &values) { value, channel in (value - mean[channel]) / deviation[channel] }
  }

  /// Undoes ``normalize(_:)``, in place.
  public func denormalize(_ values: inout [Float]) {
    apply(to: &values) { value, channel in value * deviation[channel] + mean[channel] }
  }

  private func apply(to values: inout [Float], _ change: (Float, Int) -> Float) {
    let plane = size * size
    for start in stride(from: 0, to: values.count - values.count % plane, by: plane) {
      let channel = start / plane % mean.count
      for index in start..<start + plane { values[index] = change(values[index], channel) }
    }
  }
}
