import Foundation
import Tensor

/// A square part of random place and size, brought to the network's input as Horama does it: region-of-interest
/// alignment to twice that size, then an antialiased bicubic reduction with aligned corners.
///
/// Both are separable and linear, so they are multiplied out to one table a side. Beyond one pixel outside of
/// the picture everything counts as zero.
struct HoramaCrop: Transform {
  /// Side of what the network takes.
  let size: Int
  /// How the part's side is drawn, as a share of the picture.
  enum Side: Sendable {
    case uniform(ClosedRange<Double>)
    /// Kept within 0.05…1, as Xplique does.
    case normal(mean: Double, deviation: Double)
  }
  let side: Side
  /// Standard deviation of the part's centre about the middle, as a share of the picture.
  let centreDeviation: Double
  /// How many parts of each picture.
  var copies = 1

  func stage(for input: BatchShape) -> any TransformStage {
    let output = input.repeated(copies).resized(height: size, width: size)
    // A tap of the reduction reaches 4½ cells of the fine grid on each side; a cell spans `bin` pixels.
    func taps(_ extent: Int) -> Int {
      Int((11 * max(1, side.greatest * Double(extent)) / Double(2 * size)).rounded(.up)) + 3
    }
    return ResampleStage(
      input: input, output: output, copies: copies, taps: (taps(input.height), taps(input.width))
    ) {
      rows, columns, random in
      let x = 0.5 + centreDeviation * Double(random.normal())
      let y = 0.5 + centreDeviation * Double(random.normal())
      let share = side.draw(from: &random)
      rows.alignRegion(centre: y, share: share)
      columns.alignRegion(centre: x, share: share)
    }
  }
}

extension HoramaCrop.Side {
  /// The largest side that can come up.
  var greatest: Double {
    switch self {
    case .uniform(let range): range.upperBound
    case .normal: 1
    }
  }

  func draw(from random: inout RandomSource) -> Double {
    switch self {
    case .uniform(let range): Double(random.uniform(Float(range.lowerBound), Float(range.upperBound)))
    case .normal(let mean, let deviation): min(max(mean + deviation * Double(random.normal()), 0.05), 1)
    }
  }
}

extension BandTable {
  /// Weights of one side for a region given by its centre and length as shares of the inputs' extent.
  func alignRegion(centre: Double, share: Double) {
    let start = (centre - share / 2) * Double(inputs)
    let bin = max(1, share * Double(inputs)) / Double(2 * outputs)
    let samples = max(1, Int(bin.rounded(.up)))
    let fine = 2 * outputs
    // ATen's antialiased bicubic: with aligned corners only the scale differs, not the centres.
    let step = outputs > 1 ? Double(fine - 1) / Double(outputs - 1) : Double(fine)
    let support = 2 * max(1, step)
    for index in 0..<outputs {
      let middle = step * (Double(index) + 0.5)
      let lower = max(0, Int(middle - support + 0.5))
      let upper = min(fine, Int(middle + support + 0.5))
      var total = 0.0
      for cell in lower..<upper { total += cubic((Double(cell) - middle + 0.5) / max(1, step)) }
      place(index, from: Int((start + Double(lower) * bin).rounded(.down)))
      for cell in lower..<upper {
        let weight = cubic((Double(cell) - middle + 0.5) / max(1, step)) / total / Double(samples)
        for sample in 0..<samples {
          let position = start + (Double(cell) + (Double(sample) + 0.5) / Double(samples)) * bin
          addBilinear(weight, at: position, to: index)
        }
      }
    }
  }

  /// torchvision's roi_align: a point up to one pixel outside takes the border, farther out nothing.
  private func addBilinear(_ weight: Double, at position: Double, to index: Int) {
    guard position >= -1, position <= Double(inputs) else { return }
    let inside = max(0, position)
    let lower = min(Int(inside), inputs - 1)
    let fraction = lower == inputs - 1 ? 0 : inside - Double(lower)
    add(Float(weight * (1 - fraction)), of: lower, to: index)
    if fraction > 0 { add(Float(weight * fraction), of: lower + 1, to: index) }
  }

  /// Keys' cubic convolution kernel with a = −½, as in PIL.
  private func cubic(_ x: Double) -> Double {
    let t = abs(x)
    if t < 1 { return (1.5 * t - 2.5) * t * t + 1 }
    if t < 2 { return ((-0.5 * t + 2.5) * t - 4) * t + 2 }
    return 0
  }
}
