import CKernels
import Tensor

/// (x − mean)/deviation by channel: from [0, 1] to what the network was trained on.
struct Normalize: Transform {
  let mean: [Float]
  let deviation: [Float]

  func stage(for input: BatchShape) -> any TransformStage { NormalizeStage(shape: input, normalize: self) }
}

private final class NormalizeStage: TransformStage {
  let input: BatchShape
  var output: BatchShape { input }
  private let normalize: Normalize

  init(shape: BatchShape, normalize: Normalize) {
    precondition(normalize.mean.count == shape.channels, "a normalization has one mean a channel")
    input = shape
    self.normalize = normalize
  }

  func draw(from random: inout RandomSource) {}

  func apply(_ source: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>) {
    for plane in 0..<input.count * input.channels {
      let channel = plane % input.channels
      let scale = 1 / normalize.deviation[channel]
      vitrine_affine(
        source + plane * input.area, target + plane * input.area, input.area, scale,
        -normalize.mean[channel] * scale)
    }
  }

  func adjoint(_ gradient: UnsafePointer<Float>, to sourceGradient: UnsafeMutablePointer<Float>) {
    for plane in 0..<input.count * input.channels {
      vitrine_affine(
        gradient + plane * input.area, sourceGradient + plane * input.area, input.area,
        1 / normalize.deviation[plane % input.channels], 0)
    }
  }
}
