import CKernels
import Tensor

/// No change at all.
struct Identity: Transform {
  func stage(for input: BatchShape) -> any TransformStage { RepeatStage(input: input, copies: 1) }
}

/// Each picture several times over, so that the transforms after it can treat each copy differently.
struct Repeat: Transform {
  let copies: Int

  func stage(for input: BatchShape) -> any TransformStage { RepeatStage(input: input, copies: copies) }
}

private final class RepeatStage: TransformStage {
  let input: BatchShape
  let output: BatchShape
  private let copies: Int

  init(input: BatchShape, copies: Int) {
    self.input = input
    self.copies = copies
    output = input.repeated(copies)
  }

  func draw(from random: inout RandomSource) {}

  func apply(_ source: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>) {
    for index in 0..<output.count {
      (target + index * input.picture).update(
        from: source + index / copies * input.picture, count: input.picture)
    }
  }

  func adjoint(_ gradient: UnsafePointer<Float>, to sourceGradient: UnsafeMutablePointer<Float>) {
    for index in 0..<output.count {
      let from = gradient + index * input.picture
      let to = sourceGradient + index / copies * input.picture
      if index % copies == 0 {
        to.update(from: from, count: input.picture)
      } else {
        vitrine_axpy(from, to, input.picture, 1)
      }
    }
  }
}
