import CKernels
import Foundation
import Tensor

/// MACO's picture (Fel et al. 2023, section 3): of its spectrum only the phases are free, the magnitudes are those of
/// natural pictures. Colours are uncorrelated and brought into range by a sigmoid, as in ``FourierSpectrum``.
///
/// Parameters are the phases of the half spectrum, C×H×(W/2 + 1), standardized over all of them before they are used.
final class PhaseSpectrum: Parameterization {
  let shape: BatchShape
  let parameters: FloatBuffer
  let gradient: FloatBuffer
  private let picture: SpectralPicture
  /// One a phase.
  private let magnitudes: FloatBuffer
  private let isStandardized: Bool
  /// The phases as they are used.
  private let phases: FloatBuffer
  /// Real and imaginary planes in turn, as ``FourierPlan`` lays them out.
  private let spectrum: FloatBuffer
  private let spectrumGradient: FloatBuffer
  private var statistics = Standardization()

  /// Numbers in one channel's plane of phases.
  private var run: Int { picture.plan.height * picture.plan.halfWidth }

  /// Random phases, N(0, 1). `range` is what the sigmoid's 0 and 1 stand for, by channel.
  convenience init(
    shape: BatchShape, magnitudes: MagnitudeSpectrum, range: [ClosedRange<Float>],
    random: inout RandomSource
  ) {
    self.init(shape, magnitudes, range, isStandardized: true)
    for index in parameters.values.indices { parameters.values[index] = random.normal() }
  }

  /// The phases of a picture given in the range. They are not standardized: that would change them.
  convenience init(
    shape: BatchShape, magnitudes: MagnitudeSpectrum, range: [ClosedRange<Float>], start picture: [Float]
  ) {
    self.init(shape, magnitudes, range, isStandardized: false)
    let spectrum = self.picture.spectrum(of: picture)
    for index in parameters.values.indices {
      let real = index / run * 2 * run + index % run
      parameters.values[index] = atan2(spectrum[real + run], spectrum[real])
    }
  }

  private init(
    _ shape: BatchShape, _ magnitudes: MagnitudeSpectrum, _ range: [ClosedRange<Float>], isStandardized: Bool
  ) {
    self.shape = shape
    self.isStandardized = isStandardized
    picture = SpectralPicture(shape: shape, isStandardized: true, gain: 1, range: range)
    let fitting = magnitudes.resized(height: shape.height, width: shape.width)
    precondition(fitting.channels == shape.channels, "a spectrum has magnitudes for each channel")
    self.magnitudes = FloatBuffer(fitting.values)
    parameters = FloatBuffer(count: fitting.values.count)
    gradient = FloatBuffer(count: fitting.values.count)
    phases = FloatBuffer(count: fitting.values.count)
    spectrum = FloatBuffer(count: picture.plan.spectrumCount)
    spectrumGradient = FloatBuffer(count: picture.plan.spectrumCount)
  }

  func render(into target: UnsafeMutablePointer<Float>) {
    if isStandardized {
      statistics.apply(parameters.start, to: phases.start, count: phases.count, run: phases.count)
    } else {
      vitrine_copy(Int64(phases.count), parameters.start, phases.start)
    }
    for channel in 0..<shape.channels {
      let real = spectrum.start + 2 * channel * run
      vitrine_polar(
        magnitudes.start + channel * run, phases.start + channel * run, real, real + run, run)
    }
    picture.render(spectrum, into: target)
  }

  func pullback(_ pictureGradient: UnsafePointer<Float>) {
    picture.pullback(pictureGradient, into: spectrumGradient)
    for channel in 0..<shape.channels {
      let (real, realGradient) = (
        spectrum.start + 2 * channel * run, spectrumGradient.start + 2 * channel * run
      )
      vitrine_polar_adjoint(
        real, real + run, realGradient, realGradient + run, gradient.start + channel * run, run)
    }
    if isStandardized {
      statistics.pullback(gradient.start, output: phases.start, count: gradient.count, run: gradient.count)
    }
  }

  func constrain() {}
}
