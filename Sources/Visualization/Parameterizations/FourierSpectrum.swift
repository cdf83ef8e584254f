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
  private let picture: SpectralPicture
  /// One factor a number of the spectrum.
  private let scales: FloatBuffer
  private let spectrum: FloatBuffer
  /// The standardized spectrum, for its pullback; not used otherwise.
  private let standardized: FloatBuffer
  private var statistics = Standardization()

  /// Numbers in the plane of real parts, or of imaginary parts, of one channel.
  private var run: Int { picture.plan.height * picture.plan.halfWidth }

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
    parameters.fill(zip(self.picture.spectrum(of: picture), scales.array).map { $0 / $1 })
  }

  private init(shape: BatchShape, recipe: Recipe) {
    self.shape = shape
    self.recipe = recipe
    picture = SpectralPicture(
      shape: shape, isStandardized: recipe.isStandardized, gain: recipe.gain, range: recipe.range)
    let count = picture.plan.spectrumCount
    parameters = FloatBuffer(count: count)
    gradient = FloatBuffer(count: count)
    spectrum = FloatBuffer(count: count)
    standardized = FloatBuffer(count: count)
    let size = Float(max(shape.height, shape.width))
    let root = (Float(shape.height) * Float(shape.width)).squareRoot()
    let plane = picture.plan.frequencies.map { root / pow(max($0, 1 / size), Float(recipe.decay)) }
    scales = FloatBuffer((0..<2 * shape.channels).flatMap { _ in plane })
  }

  func render(into target: UnsafeMutablePointer<Float>) {
    let count = spectrum.count
    var plain = parameters
    if recipe.isStandardized {
      statistics.apply(parameters.start, to: standardized.start, count: count, run: run)
      plain = standardized
    }
    vitrine_multiply(plain.start, scales.start, spectrum.start, count)
    picture.render(spectrum, into: target)
  }

  func pullback(_ pictureGradient: UnsafePointer<Float>) {
    picture.pullback(pictureGradient, into: gradient)
    vitrine_multiply(gradient.start, scales.start, gradient.start, gradient.count)
    if recipe.isStandardized {
      statistics.pullback(gradient.start, output: standardized.start, count: gradient.count, run: run)
    }
  }

  func constrain() {}
}
