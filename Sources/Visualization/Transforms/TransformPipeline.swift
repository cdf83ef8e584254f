import Tensor

/// Transforms in a row, with the memory between them.
final class TransformPipeline {
  let input: BatchShape
  let output: BatchShape
  private let stages: [any TransformStage]
  /// What each stage but the last gives; their gradients reuse the same memory on the way back.
  private let between: [FloatBuffer]

  /// Plans `transforms` for pictures of shape `input`, the first applied first.
  init(_ transforms: [any Transform], input: BatchShape) {
    var stages: [any TransformStage] = []
    var shape = input
    for transform in transforms {
      let stage = transform.stage(for: shape)
      stages.append(stage)
      shape = stage.output
    }
    if stages.isEmpty { stages = [Identity().stage(for: input)] }
    self.input = input
    self.stages = stages
    output = shape
    between = stages.dropLast().map { FloatBuffer(count: $0.output.total) }
  }

  func draw(from random: inout RandomSource) {
    for stage in stages { stage.draw(from: &random) }
  }

  func apply(_ source: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>) {
    var from = source
    for (index, stage) in stages.enumerated() {
      let to = index < between.count ? between[index].start : target
      stage.apply(from, to: to)
      from = UnsafePointer(to)
    }
  }

  func adjoint(_ gradient: UnsafePointer<Float>, to sourceGradient: UnsafeMutablePointer<Float>) {
    var from = gradient
    for index in stages.indices.reversed() {
      // The value between two stages is no longer needed, for every stage is linear.
      let to = index > 0 ? between[index - 1].start : sourceGradient
      stages[index].adjoint(from, to: to)
      from = UnsafePointer(to)
    }
  }
}
