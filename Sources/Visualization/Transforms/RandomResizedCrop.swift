import Foundation
import Tensor

/// A part of random area, shape and place, brought to full size (torchvision's RandomResizedCrop, bilinear; as
/// the part is never larger than the result, antialiasing has nothing to do).
struct RandomResizedCrop: Transform {
  /// Share of the picture's area; torchvision: 0.08…1.
  let scale: ClosedRange<Double>
  /// Width over height; torchvision: ¾…4⁄3.
  let ratio: ClosedRange<Double>
  /// How many parts of each picture.
  var copies = 1

  func stage(for input: BatchShape) -> any TransformStage {
    ResampleStage(input: input, output: input.repeated(copies), copies: copies, taps: (2, 2)) {
      rows, columns, random in
      let crop = draw(width: input.width, height: input.height, from: &random)
      rows.enlarge(start: crop.top, length: crop.height)
      columns.enlarge(start: crop.left, length: crop.width)
    }
  }

  /// A window within width×height: ten tries, then the largest central one of an allowed shape.
  func draw(
    width: Int, height: Int, from random: inout RandomSource
  ) -> (left: Int, top: Int, width: Int, height: Int) {
    for _ in 0..<10 {
      let area =
        Double(width * height) * Double(random.uniform(Float(scale.lowerBound), Float(scale.upperBound)))
      let shape = exp(Double(random.uniform(Float(log(ratio.lowerBound)), Float(log(ratio.upperBound)))))
      let w = Int((area * shape).squareRoot().rounded(.toNearestOrEven))
      let h = Int((area / shape).squareRoot().rounded(.toNearestOrEven))
      guard (1...width).contains(w), (1...height).contains(h) else { continue }
      let top = random.integer(in: 0...height - h)
      return (random.integer(in: 0...width - w), top, w, h)
    }
    let shape = Double(width) / Double(height)
    var (w, h) = (width, height)
    if shape < ratio.lowerBound {
      h = Int((Double(width) / ratio.lowerBound).rounded(.toNearestOrEven))
    } else if shape > ratio.upperBound {
      w = Int((Double(height) * ratio.upperBound).rounded(.toNearestOrEven))
    }
    return ((width - w) / 2, (height - h) / 2, w, h)
  }
}

extension BandTable {
  /// Bilinear enlargement of inputs start..<start + length to all outputs; beyond the ends the end is repeated.
  func enlarge(start: Int, length: Int) {
    let step = Double(length) / Double(outputs)
    for index in 0..<outputs {
      let position = (Double(index) + 0.5) * step - 0.5
      let lower = Int(position.rounded(.down))
      let fraction = Float(position - Double(lower))
      let a = start + max(0, min(lower, length - 1))
      let b = start + max(0, min(lower + 1, length - 1))
      place(index, from: a)
      add(1 - fraction, of: a, to: index)
      add(fraction, of: b, to: index)
    }
  }
}
