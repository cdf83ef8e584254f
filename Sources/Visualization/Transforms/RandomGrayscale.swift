import CKernels
import Tensor

/// Luminance in all channels with a probability (torchvision's RandomGrayscale: 0.2989 R + 0.587 G + 0.114 B,
/// by default one picture in ten). Pictures of one channel stay as they are.
struct RandomGrayscale: Transform {
  let probability: Float

  func stage(for input: BatchShape) -> any TransformStage {
    GrayscaleStage(shape: input, probability: input.channels == 3 ? probability : 0)
  }
}

private final class GrayscaleStage: TransformStage {
  let input: BatchShape
  var output: BatchShape { input }
  private let probability: Float
  private var chosen: [Bool]
  private let weights: [Float] = [0.2989, 0.587, 0.114]

  init(shape: BatchShape, probability: Float) {
    input = shape
    self.probability = probability
    chosen = Array(repeating: false, count: shape.count)
  }

  func draw(from random: inout RandomSource) {
    for index in chosen.indices { chosen[index] = random.uniform() < probability }
  }

  func apply(_ source: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>) {
    each(source, target) { vitrine_grayscale($0, $1, input.area, weights) }
  }

  func adjoint(_ gradient: UnsafePointer<Float>, to sourceGradient: UnsafeMutablePointer<Float>) {
    each(gradient, sourceGradient) { vitrine_grayscale_adjoint($0, $1, input.area, weights) }
  }

  private func each(
    _ source: UnsafePointer<Float>, _ target: UnsafeMutablePointer<Float>,
    change: (UnsafePointer<Float>, UnsafeMutablePointer<Float>) -> Void
  ) {
    for (index, isChosen) in chosen.enumerated() {
      let from = source + index * input.picture
      let to = target + index * input.picture
      if isChosen { change(from, to) } else { to.update(from: from, count: input.picture) }
    }
  }
}
