import CKernels
import Tensor

/// Added noise: normal with a standard deviation, and uniform within ±width, both new for each number.
struct Noise: Transform {
  let deviation: Float
  let width: Float

  func stage(for input: BatchShape) -> any TransformStage {
    NoiseStage(shape: input, deviation: deviation, width: width)
  }
}

/// Numbers come from a hash of a seed and their place: fast, and the same in any number of threads.
private final class NoiseStage: TransformStage {
  let input: BatchShape
  var output: BatchShape { input }
  private let deviation: Float
  private let width: Float
  private let quantiles = NormalQuantiles.table
  private var seed: UInt64 = 0

  init(shape: BatchShape, deviation: Float, width: Float) {
    input = shape
    self.deviation = deviation
    self.width = width
  }

  func draw(from random: inout RandomSource) { seed = random.next() }

  func apply(_ source: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>) {
    vitrine_noise(source, target, input.total, deviation, width, seed, quantiles)
  }

  func adjoint(_ gradient: UnsafePointer<Float>, to sourceGradient: UnsafeMutablePointer<Float>) {
    vitrine_copy(Int64(input.total), gradient, sourceGradient)
  }
}
