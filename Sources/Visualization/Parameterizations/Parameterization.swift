import Imaging

/// The numbers that an ascent changes, and the picture that they stand for.
protocol Parameterization: AnyObject {
  /// The picture's shape: a batch of one, or of several that are made together, of which the first is shown.
  var shape: BatchShape { get }
  /// The numbers that the optimizer moves.
  var parameters: FloatBuffer { get }
  /// dL/d(parameters), as many numbers.
  var gradient: FloatBuffer { get }
  /// Writes the picture of the present parameters.
  func render(into picture: UnsafeMutablePointer<Float>)
  /// Writes ``gradient`` from dL/d(picture), for the picture rendered last.
  func pullback(_ pictureGradient: UnsafePointer<Float>)
  /// Brings the parameters back into their bounds after a step.
  func constrain()
}

/// The space in which a parameterization's picture is meant.
enum PictureSpace: Sendable {
  /// [0, 1]
  case unit
  /// (x − mean)/deviation by channel, as the network takes it.
  case normalized(mean: [Float], deviation: [Float])

  /// The picture, the first if there are several, as people see it, clipped to [0, 1].
  func image(of picture: UnsafePointer<Float>, _ shape: BatchShape) -> Image {
    var pixels = [Float](repeating: 0, count: shape.picture)
    for index in pixels.indices {
      var value = picture[index]
      if case .normalized(let mean, let deviation) = self {
        let channel = index / shape.area
        value = value * deviation[channel] + mean[channel]
      }
      pixels[index] = min(max(value, 0), 1)
    }
    return Image(width: shape.width, height: shape.height, channels: shape.channels, pixels: pixels)
  }

  /// A picture in [0, 1] brought into this space.
  func picture(fromUnit unit: [Float], area: Int) -> [Float] {
    guard case .normalized(let mean, let deviation) = self else { return unit }
    return unit.indices.map { (unit[$0] - mean[$0 / area]) / deviation[$0 / area] }
  }
}
