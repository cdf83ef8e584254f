import CKernels
import Foundation
import Tensor

/// From half spectra to pictures in range: the inverse transform, standardization, the colours of ``ColourBasis``, and
/// a sigmoid; and the exact way back of gradients. What Fourier visualization and MACO have in common.
final class SpectralPicture {
  let shape: BatchShape
  let plan: FourierPlan
  /// The picture before the colours is standardized over all its numbers.
  private let isStandardized: Bool
  /// A factor of the picture before the colours.
  private let gain: Float
  private let low: [Float]
  private let high: [Float]
  /// Before the colours, C×H×W.
  private let plain: FloatBuffer
  private let plainGradient: FloatBuffer
  /// The picture rendered last, from which the sigmoid's slope is known.
  private let picture: FloatBuffer
  private var statistics = Standardization()

  /// For pictures of a shape; `range` is what the sigmoid's 0 and 1 stand for, by channel.
  init(shape: BatchShape, isStandardized: Bool, gain: Double, range: [ClosedRange<Float>]) {
    precondition(range.count == shape.channels, "ranges are one a channel")
    self.shape = shape
    self.isStandardized = isStandardized
    self.gain = Float(gain)
    low = range.map(\.lowerBound)
    high = range.map(\.upperBound)
    plan = FourierPlan(height: shape.height, width: shape.width, channels: shape.channels)
    plain = FloatBuffer(count: shape.picture)
    plainGradient = FloatBuffer(count: shape.picture)
    picture = FloatBuffer(count: shape.picture)
  }

  /// Writes the picture of a half spectrum.
  func render(_ spectrum: FloatBuffer, into target: UnsafeMutablePointer<Float>) {
    plan.inverse(UnsafeBufferPointer(spectrum.values), into: plain.values)
    if isStandardized { statistics.apply(plain.start, to: plain.start, count: plain.count, run: plain.count) }
    if gain != 1 { vitrine_affine(plain.start, plain.start, plain.count, gain, 0) }
    if shape.channels == 3 {
      vitrine_colours(plain.start, target, shape.area, ColourBasis.matrix, low, high)
    } else {
      for channel in low.indices {
        let start = channel * shape.area
        vitrine_squash(plain.start + start, target + start, shape.area, low[channel], high[channel])
      }
    }
    vitrine_copy(Int64(picture.count), target, picture.start)
  }

  /// Writes dL/d(spectrum) from dL/d(picture), for the picture rendered last.
  func pullback(_ gradient: UnsafePointer<Float>, into spectrumGradient: FloatBuffer) {
    if shape.channels == 3 {
      vitrine_colours_adjoint(
        gradient, picture.start, plainGradient.start, shape.area, ColourBasis.matrix, low, high)
    } else {
      for channel in low.indices {
        let start = channel * shape.area
        vitrine_squash_adjoint(
          gradient + start, picture.start + start, plainGradient.start + start, shape.area, low[channel],
          high[channel])
      }
    }
    if gain != 1 { vitrine_affine(plainGradient.start, plainGradient.start, plain.count, gain, 0) }
    if isStandardized {
      // The plain picture is standardized in place and was then scaled by the gain, which is 1 with standardization.
      statistics.pullback(plainGradient.start, output: plain.start, count: plain.count, run: plain.count)
    }
    plan.inverseAdjoint(UnsafeBufferPointer(plainGradient.values), into: spectrumGradient.values)
  }

  /// The half spectrum of a picture given in the range, but for standardization; values at the range's ends are moved
  /// in a little.
  func spectrum(of picture: [Float]) -> [Float] {
    let area = shape.area
    var logits = picture.indices.map { index in
      let channel = index / area
      let share = (picture[index] - low[channel]) / (high[channel] - low[channel])
      let inside = min(max(share, 0.004), 0.996)
      return log(inside / (1 - inside)) / gain
    }
    if shape.channels == 3 { ColourBasis.decorrelate(&logits, area: area) }
    return plan.transform(logits)
  }
}
