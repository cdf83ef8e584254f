import Foundation
import Tensor

/// A turn about the centre by one of several angles, or by any angle of a range; outside is `fill`.
///
/// torchvision's RandomRotation with bilinear sampling, for its default takes the nearest pixel, which has no
/// useful gradient.
struct RandomRotation: Transform {
  /// Degrees, counter-clockwise.
  enum Angles: Sendable {
    case range(ClosedRange<Double>)
    case choice([Double])
  }
  let angles: Angles
  let fill: [Float]

  func stage(for input: BatchShape) -> any TransformStage {
    let centre = (x: Double(input.width) / 2, y: Double(input.height) / 2)
    return WarpStage(input: input, fill: fill) { random in
      let degrees = angles.draw(from: &random)
      if degrees == 0 { return .identity }
      // Output to source is the turn back; y points down.
      let (c, s) = (cos(degrees * .pi / 180), sin(degrees * .pi / 180))
      return .linear((c, -s, s, c), about: centre)
    }
  }
}

extension RandomRotation.Angles {
  func draw(from random: inout RandomSource) -> Double {
    switch self {
    case .range(let range): Double(random.uniform(Float(range.lowerBound), Float(range.upperBound)))
    case .choice(let values): values[random.integer(in: 0...values.count - 1)]
    }
  }
}

/// Enlargement about the centre by one of several factors; the frame stays, outside is `fill` (Lucid, whose
/// picture changes size instead, and is cropped or padded about its centre in the end: the same pixels).
struct RandomScale: Transform {
  let factors: [Double]
  let fill: [Float]

  func stage(for input: BatchShape) -> any TransformStage {
    let centre = (x: Double(input.width) / 2, y: Double(input.height) / 2)
    return WarpStage(input: input, fill: fill) { random in
      let factor = factors[random.integer(in: 0...factors.count - 1)]
      return factor == 1 ? .identity : .linear((1 / factor, 0, 0, 1 / factor), about: centre)
    }
  }
}

/// Mirroring left and right with a probability (torchvision: ½).
struct RandomFlip: Transform {
  let probability: Float

  func stage(for input: BatchShape) -> any TransformStage {
    let mirror = Homography(rows: [-1, 0, Float(input.width), 0, 1, 0, 0, 0, 1])
    // Pixel centres meet pixel centres, so no fill is seen and nothing is blurred.
    return WarpStage(input: input, fill: [Float](repeating: 0, count: input.channels)) { random in
      random.uniform() < probability ? mirror : .identity
    }
  }
}

/// A change of perspective with a probability: the corners move inwards by up to half of `distortion` of the
/// side (torchvision's RandomPerspective, defaults ½ and ½); outside is `fill`.
struct RandomPerspective: Transform {
  let distortion: Double
  let probability: Float
  let fill: [Float]

  func stage(for input: BatchShape) -> any TransformStage {
    let (width, height) = (input.width, input.height)
    let dx = max(0, Int(distortion * Double(width / 2)))
    let dy = max(0, Int(distortion * Double(height / 2)))
    let (right, bottom) = (Double(width - 1), Double(height - 1))
    let frame: Homography.Corners = [
      SIMD2(0, 0), SIMD2(right, 0), SIMD2(right, bottom), SIMD2(0, bottom),
    ]
    return WarpStage(input: input, fill: fill) { random in
      guard random.uniform() < probability else { return .identity }
      var moved = frame
      for index in moved.indices {
        let (x, y) = (random.integer(in: 0...dx), random.integer(in: 0...dy))
        moved[index].x += Double(index == 0 || index == 3 ? x : -x)
        moved[index].y += Double(index < 2 ? y : -y)
      }
      // Output to source: the moved corners show what was in the frame's. Corners that fall on a line show
      // nothing sensible, and leave the picture as it is.
      return Homography(from: moved, to: frame) ?? .identity
    }
  }
}
