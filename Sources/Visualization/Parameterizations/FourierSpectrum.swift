import CKernels
import Foundation
import Tensor

/// The picture as a spectrum whose frequencies are scaled to equal energy and whose colours are uncorrelated
/// (Olah et al. 2017), brought into range by a sigmoid.
///
/// Parameters are the real and imaginary parts of the half spectrum, as ``FourierPlan`` lays them out, and count
/// as independent real numbers.
final class FourierSpectrum: Parameterization {
  /// How a spectrum becomes a picture.
  struct Recipe: Sendable {
    /// Frequencies f are scaled by 1/max(f, 1/size)^decay · size.
    var decay: Double
    /// Whether spectrum and picture are standardized (Horama) or taken as they are (Lucid).
    var isStandardized: Bool
    /// A factor of the picture before the colours: Lucid divides by 4.
    var gain: Double
    /// The standard deviation of the spectrum at the start, real and imaginary parts each.
    var initialDeviation: Double
    /// What the sigmoid's 0 and 1 stand for, by channel.
    var range: [ClosedRange<Float>]
  }

  let shape: BatchShape
  let parameters: FloatBuffer
  let gradient: FloatBuffer
  private let recipe: Recipe
  private let plan: FourierPlan
  /// One factor a number of the spectrum.
  private let scales: FloatBuffer
  private let spectrum: FloatBuffer
  /// The standardized spectrum, for its pullback; not used otherwise.
  private let standardized: FloatBuffer
  /// Before the colours, C×H×W; on the way back its gradient.
  private let plain: FloatBuffer
  private let plainGradient: FloatBuffer
  /// The picture rendered last, from which the sigmoid's slope is known.
  private let picture: FloatBuffer
  private var spectrumStatistics = Standardization()
  private var pictureStatistics = Standardization()

  /// Numbers in the plane of real parts, or of imaginary parts, of one channel.
  private var run: Int { plan.height * plan.halfWidth }

  /// A random spectrum.
  convenience init(shape: BatchShape, recipe: Recipe, random: inout RandomSource) {
    self.init(shape: shape, recipe: recipe)
    for index in parameters.values.indices {
      parameters.values[index] = Float(recipe.initialDeviation) * random.normal()
    }
  }

  /// The spectrum of a picture given in the recipe's range; values at its ends are moved in a little.
  convenience init(shape: BatchShape, recipe: Recipe, start picture: [Float]) {
    self.init(shape: shape, recipe: recipe)
    let area = shape.area
    var logits = picture.indices.map { index in
      let range = recipe.range[index / area]
      let share = (picture[index] - range.lowerBound) / (range.upperBound - range.lowerBound)
      let inside = min(max(share, 0.004), 0.996)
      return log(inside / (1 - inside)) / Float(recipe.gain)
    }
    if shape.channels == 3 {
      let m = ColourBasis.inverse
      for i in 0..<area {
        let (r, g, b) = (logits[i], logits[area + i], logits[2 * area + i])
        for k in 0..<3 { logits[k * area + i] = m[3 * k] * r + m[3 * k + 1] * g + m[3 * k + 2] * b }
      }
    }
    parameters.fill(zip(plan.transform(logits), scales.array).map { $0 / $1 })
  }

  private init(shape: BatchShape, recipe: Recipe) {
    precondition(recipe.range.count == shape.channels, "ranges are one a channel")
    self.shape = shape
    self.recipe = recipe
    plan = FourierPlan(height: shape.height, width: shape.width, channels: shape.channels)
    parameters = FloatBuffer(count: plan.spectrumCount)
    gradient = FloatBuffer(count: plan.spectrumCount)
    spectrum = FloatBuffer(count: plan.spectrumCount)
    standardized = FloatBuffer(count: plan.spectrumCount)
    plain = FloatBuffer(count: shape.picture)
    plainGradient = FloatBuffer(count: shape.picture)
    picture = FloatBuffer(count: shape.picture)
    let size = Float(max(shape.height, shape.width))
    let root = (Float(shape.height) * Float(shape.width)).squareRoot()
    let plane = plan.frequencies.map { root / pow(max($0, 1 / size), Float(recipe.decay)) }
    scales = FloatBuffer((0..<2 * shape.channels).flatMap { _ in plane })
  }

  func render(into target: UnsafeMutablePointer<Float>) {
    let count = spectrum.count
    spectrum.start.update(from: parameters.start, count: count)
    if recipe.isStandardized {
      spectrumStatistics.apply(spectrum.start, count: count, run: run)
      standardized.start.update(from: spectrum.start, count: count)
    }
    vitrine_multiply(spectrum.start, scales.start, spectrum.start, count)
    plan.inverse(UnsafeBufferPointer(spectrum.values), into: plain.values)
    if recipe.isStandardized {
      pictureStatistics.apply(plain.start, count: plain.count, run: plain.count)
    }
    if recipe.gain != 1 { vitrine_affine(plain.start, plain.start, plain.count, Float(recipe.gain), 0) }
    squash(into: target)
    picture.start.update(from: target, count: picture.count)
  }

  func pullback(_ pictureGradient: UnsafePointer<Float>) {
    unsquash(pictureGradient)
    if recipe.gain != 1 {
      vitrine_affine(plainGradient.start, plainGradient.start, plain.count, Float(recipe.gain), 0)
    }
    if recipe.isStandardized {
      // The plain picture is standardized in place and was then scaled by the gain, which Horama leaves at 1.
      pictureStatistics.pullback(
        plainGradient.start, output: plain.start, count: plain.count, run: plain.count)
    }
    plan.inverseAdjoint(UnsafeBufferPointer(plainGradient.values), into: gradient.values)
    vitrine_multiply(gradient.start, scales.start, gradient.start, gradient.count)
    if recipe.isStandardized {
      spectrumStatistics.pullback(gradient.start, output: standardized.start, count: gradient.count, run: run)
    }
  }

  func constrain() {}

  private func squash(into target: UnsafeMutablePointer<Float>) {
    if shape.channels == 3 {
      vitrine_colours(
        plain.start, target, shape.area, ColourBasis.matrix, recipe.range.map(\.lowerBound),
        recipe.range.map(\.upperBound))
    } else {
      for (channel, range) in recipe.range.enumerated() {
        let start = channel * shape.area
        vitrine_squash(plain.start + start, target + start, shape.area, range.lowerBound, range.upperBound)
      }
    }
  }

  private func unsquash(_ pictureGradient: UnsafePointer<Float>) {
    if shape.channels == 3 {
      vitrine_colours_adjoint(
        pictureGradient, picture.start, plainGradient.start, shape.area, ColourBasis.matrix,
        recipe.range.map(\.lowerBound), recipe.range.map(\.upperBound))
    } else {
      for (channel, range) in recipe.range.enumerated() {
        let start = channel * shape.area
        vitrine_squash_adjoint(
          pictureGradient + start, picture.start + start, plainGradient.start + start, shape.area,
          range.lowerBound, range.upperBound)
      }
    }
  }
}
