import CKernels

/// A change of a given picture in [0, 1]: the sum stays in [0, 1], and no number moves farther than a bound.
final class Perturbation: Parameterization {
  let shape: BatchShape
  let parameters: FloatBuffer
  let gradient: FloatBuffer
  private let base: FloatBuffer
  private let low: FloatBuffer
  private let high: FloatBuffer

  /// Starts from no change of `picture`, C×H×W in [0, 1]; `bound` is the greatest change of a number.
  init(shape: BatchShape, of picture: [Float], bound: Float) {
    self.shape = shape
    base = FloatBuffer(picture)
    parameters = FloatBuffer(count: shape.total)
    gradient = FloatBuffer(count: shape.total)
    low = FloatBuffer(picture.map { max(-bound, -$0) })
    high = FloatBuffer(picture.map { min(bound, 1 - $0) })
  }

  func render(into picture: UnsafeMutablePointer<Float>) {
    picture.update(from: base.start, count: shape.total)
    vitrine_axpy(parameters.start, picture, shape.total, 1)
  }

  func pullback(_ pictureGradient: UnsafePointer<Float>) {
    gradient.start.update(from: pictureGradient, count: shape.total)
  }

  func constrain() { vitrine_clamp_each(parameters.start, shape.total, low.start, high.start) }
}
