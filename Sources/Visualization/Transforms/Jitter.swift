import CKernels
import Tensor

/// A cyclic shift by whole pixels, −limit…limit in each direction, each equally likely (DeepInversion, VITAL).
struct Jitter: Transform {
  let limit: Int

  func stage(for input: BatchShape) -> any TransformStage { JitterStage(shape: input, limit: limit) }

  /// Published limits belong to pictures of 224 pixels; other sizes get the same share, rounded.
  static func limit(_ published: Double, forSize size: Int) -> Int {
    Int((published * Double(size) / 224).rounded())
  }
}

final class JitterStage: TransformStage {
  let input: BatchShape
  var output: BatchShape { input }
  /// The shifts of each picture; settable, so that recorded draws can be played again.
  var shifts: [(dy: Int, dx: Int)]
  private let limit: Int

  init(shape: BatchShape, limit: Int) {
    input = shape
    self.limit = limit
    shifts = Array(repeating: (0, 0), count: shape.count)
  }

  func draw(from random: inout RandomSource) {
    for index in shifts.indices {
      let dy = random.integer(in: -limit...limit)
      shifts[index] = (dy, random.integer(in: -limit...limit))
    }
  }

  func apply(_ source: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>) {
    roll(source, target, sign: 1)
  }

  func adjoint(_ gradient: UnsafePointer<Float>, to sourceGradient: UnsafeMutablePointer<Float>) {
    roll(gradient, sourceGradient, sign: -1)
  }

  private func roll(_ source: UnsafePointer<Float>, _ target: UnsafeMutablePointer<Float>, sign: Int) {
    for (index, shift) in shifts.enumerated() {
      vitrine_roll(
        source + index * input.picture, target + index * input.picture, Int32(input.channels),
        Int32(input.height), Int32(input.width), Int32(sign * shift.dy), Int32(sign * shift.dx))
    }
  }
}
