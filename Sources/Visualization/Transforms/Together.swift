import Tensor

/// Another transform with one set of random draws for all pictures of a batch.
///
/// Only for transforms that treat all channels alike: a batch is shown to them as one picture of many channels.
struct Together: Transform {
  let transform: any Transform

  init(_ transform: any Transform) { self.transform = transform }

  func stage(for input: BatchShape) -> any TransformStage { TogetherStage(transform, input: input) }
}

private final class TogetherStage: TransformStage {
  let input: BatchShape
  let output: BatchShape
  private let stage: any TransformStage

  init(_ transform: any Transform, input: BatchShape) {
    self.input = input
    var joined = input
    joined.count = 1
    joined.channels = input.count * input.channels
    stage = transform.stage(for: joined)
    output = input.resized(height: stage.output.height, width: stage.output.width)
  }

  func draw(from random: inout RandomSource) { stage.draw(from: &random) }

  func apply(_ source: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>) {
    stage.apply(source, to: target)
  }

  func adjoint(_ gradient: UnsafePointer<Float>, to sourceGradient: UnsafeMutablePointer<Float>) {
    stage.adjoint(gradient, to: sourceGradient)
  }
}
