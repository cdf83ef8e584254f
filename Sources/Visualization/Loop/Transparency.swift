import Imaging

/// MACO's transparency (Fel et al. 2023), which VITAL uses too.
enum Transparency {
  /// The accumulated |dL/dx| of a picture as a map in [0, 1]: mean over channels, clipped at the 98th percentile,
  /// divided by the greatest value.
  static func map(of accumulated: FloatBuffer, _ shape: BatchShape) -> Image {
    var means = [Float](repeating: 0, count: shape.area)
    for channel in 0..<shape.channels {
      for index in 0..<shape.area {
        means[index] += accumulated.values[channel * shape.area + index] / Float(shape.channels)
      }
    }
    let limit = percentile(98, of: means)
    let pixels = limit > 0 ? means.map { min($0, limit) / limit } : means.map { _ in 0 }
    return Image(width: shape.width, height: shape.height, channels: 1, pixels: pixels)
  }

  /// The value below which a share of the numbers lies, interpolated as NumPy does.
  private static func percentile(_ percent: Double, of values: [Float]) -> Float {
    let sorted = values.sorted()
    let position = percent / 100 * Double(sorted.count - 1)
    let lower = Int(position)
    let upper = min(lower + 1, sorted.count - 1)
    return sorted[lower] + Float(position - Double(lower)) * (sorted[upper] - sorted[lower])
  }
}
