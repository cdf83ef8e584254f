import CKernels
import Tensor

/// Bilinear sampling under one homography a picture, which takes output pixels to source points.
final class WarpStage: TransformStage {
  let input: BatchShape
  var output: BatchShape { input }
  /// The maps of each picture; settable, so that recorded draws can be played again.
  var maps: [Homography]
  private let fill: [Float]
  private let drawMap: (inout RandomSource) -> Homography

  /// `fill` is seen outside of the source, one value a channel.
  init(input: BatchShape, fill: [Float], drawMap: @escaping (inout RandomSource) -> Homography) {
    precondition(fill.count == input.channels, "a fill has one value a channel")
    self.input = input
    self.fill = fill
    self.drawMap = drawMap
    maps = Array(repeating: .identity, count: input.count)
  }

  func draw(from random: inout RandomSource) {
    for index in maps.indices { maps[index] = drawMap(&random) }
  }

  func apply(_ source: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>) {
    for (index, map) in maps.enumerated() {
      let from = source + index * input.picture
      let to = target + index * input.picture
      if map == .identity {
        to.update(from: from, count: input.picture)
      } else {
        map.rows.span.withUnsafeBufferPointer {
          vitrine_warp(
            from, to, Int32(input.channels), Int32(input.height), Int32(input.width), Int32(input.height),
            Int32(input.width), $0.baseAddress, fill)
        }
      }
    }
  }

  func adjoint(_ gradient: UnsafePointer<Float>, to sourceGradient: UnsafeMutablePointer<Float>) {
    for (index, map) in maps.enumerated() {
      let from = gradient + index * input.picture
      let to = sourceGradient + index * input.picture
      if map == .identity {
        to.update(from: from, count: input.picture)
      } else {
        map.rows.span.withUnsafeBufferPointer {
          vitrine_warp_adjoint(
            from, to, Int32(input.channels), Int32(input.height), Int32(input.width), Int32(input.height),
            Int32(input.width), $0.baseAddress)
        }
      }
    }
  }
}
