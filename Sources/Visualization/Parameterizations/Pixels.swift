import CKernels

/// The picture itself as parameters, each channel clamped to its own bounds after each step.
final class Pixels: Parameterization {
  let shape: BatchShape
  let parameters: FloatBuffer
  let gradient: FloatBuffer
  private let low: [Float]
  private let high: [Float]

  /// Starts from `picture`, C×H×W, or a batch of them; `bounds` are one range a channel.
  init(shape: BatchShape, start picture: [Float], bounds: [ClosedRange<Float>]) {
    precondition(bounds.count == shape.channels, "bounds are one range a channel")
    self.shape = shape
    parameters = FloatBuffer(picture)
    gradient = FloatBuffer(count: shape.total)
    low = bounds.map(\.lowerBound)
    high = bounds.map(\.upperBound)
  }

  func render(into picture: UnsafeMutablePointer<Float>) {
    picture.update(from: parameters.start, count: shape.total)
  }

  func pullback(_ pictureGradient: UnsafePointer<Float>) {
    gradient.start.update(from: pictureGradient, count: shape.total)
  }

  func constrain() {
    for plane in 0..<shape.count * shape.channels {
      let channel = plane % shape.channels
      vitrine_clamp(parameters.start + plane * shape.area, shape.area, low[channel], high[channel])
    }
  }

  /// The values that black and white have after normalization: VITAL's and DeepInversion's bounds.
  static func bounds(mean: [Float], deviation: [Float]) -> [ClosedRange<Float>] {
    zip(mean, deviation).map { -$0 / $1...(1 - $0) / $1 }
  }
}
