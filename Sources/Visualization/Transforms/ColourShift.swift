import CKernels
import Foundation
import Tensor

/// Each colour of each picture by its own random contrast and brightness: σ·x + μ with μ from U(−1, 1) and σ from
/// exp(U(−1, 1)) (Plug-In Inversion, Ghiasi et al. 2022, ColorShift).
struct ColourShift: Transform {
  /// Half width of the brightness.
  let brightness: Float
  /// Half width of the contrast's logarithm.
  let contrast: Float

  func stage(for input: BatchShape) -> any TransformStage { ColourShiftStage(shape: input, shift: self) }
}

private final class ColourShiftStage: TransformStage {
  let input: BatchShape
  var output: BatchShape { input }
  private let shift: ColourShift
  /// One pair a plane.
  private var draws: [(scale: Float, offset: Float)]

  init(shape: BatchShape, shift: ColourShift) {
    input = shape
    self.shift = shift
    draws = Array(repeating: (1, 0), count: shape.count * shape.channels)
  }

  func draw(from random: inout RandomSource) {
    for plane in draws.indices {
      let offset = random.uniform(-shift.brightness, shift.brightness)
      draws[plane] = (exp(random.uniform(-shift.contrast, shift.contrast)), offset)
    }
  }

  func apply(_ source: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>) {
    for (plane, draw) in draws.enumerated() {
      let start = plane * input.area
      vitrine_affine(source + start, target + start, input.area, draw.scale, draw.offset)
    }
  }

  func adjoint(_ gradient: UnsafePointer<Float>, to sourceGradient: UnsafeMutablePointer<Float>) {
    for (plane, draw) in draws.enumerated() {
      let start = plane * input.area
      vitrine_affine(gradient + start, sourceGradient + start, input.area, draw.scale, 0)
    }
  }
}
