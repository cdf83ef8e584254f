import CKernels
import Tensor

/// A border of constant colour on all sides (Lucid).
struct Pad: Transform {
  let border: Int
  /// One value a channel.
  let fill: [Float]

  func stage(for input: BatchShape) -> any TransformStage {
    WindowStage(
      input: input, height: input.height + 2 * border, width: input.width + 2 * border, fill: fill
    ) { _ in (-border, -border) }
  }
}

/// The central part of a picture; `fill` stands where it is too small.
struct CenterCrop: Transform {
  let height: Int
  let width: Int
  let fill: [Float]

  func stage(for input: BatchShape) -> any TransformStage {
    WindowStage(input: input, height: height, width: width, fill: fill) { _ in
      ((input.height - height) / 2, (input.width - width) / 2)
    }
  }
}

/// A part that is `margin` pixels smaller, at a random place: Lucid's jitter, which shows only real pixels.
struct CropJitter: Transform {
  let margin: Int

  func stage(for input: BatchShape) -> any TransformStage {
    let fill = [Float](repeating: 0, count: input.channels)
    return WindowStage(
      input: input, height: input.height - margin, width: input.width - margin, fill: fill
    ) { random in
      let top = random.integer(in: 0...margin)
      return (top, random.integer(in: 0...margin))
    }
  }
}

private final class WindowStage: TransformStage {
  typealias Corner = (top: Int, left: Int)

  let input: BatchShape
  let output: BatchShape
  private let fill: [Float]
  private let drawCorner: (inout RandomSource) -> Corner
  private var corners: [Corner]

  init(
    input: BatchShape, height: Int, width: Int, fill: [Float],
    drawCorner: @escaping (inout RandomSource) -> Corner
  ) {
    precondition(height > 0 && width > 0, "a window holds at least one pixel")
    precondition(fill.count == input.channels, "a fill has one value a channel")
    self.input = input
    self.fill = fill
    self.drawCorner = drawCorner
    output = input.resized(height: height, width: width)
    corners = Array(repeating: (0, 0), count: input.count)
  }

  func draw(from random: inout RandomSource) {
    for index in corners.indices { corners[index] = drawCorner(&random) }
  }

  func apply(_ source: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>) {
    for (index, corner) in corners.enumerated() {
      vitrine_window(
        source + index * input.picture, target + index * output.picture, Int32(input.channels),
        Int32(input.height), Int32(input.width), Int32(output.height), Int32(output.width),
        Int32(corner.top), Int32(corner.left), fill)
    }
  }

  func adjoint(_ gradient: UnsafePointer<Float>, to sourceGradient: UnsafeMutablePointer<Float>) {
    for (index, corner) in corners.enumerated() {
      vitrine_window_adjoint(
        gradient + index * output.picture, sourceGradient + index * input.picture, Int32(input.channels),
        Int32(input.height), Int32(input.width), Int32(output.height), Int32(output.width),
        Int32(corner.top), Int32(corner.left))
    }
  }
}
