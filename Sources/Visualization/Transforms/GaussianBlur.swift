import Foundation
import Tensor

/// A Gaussian blur of random width, the border reflected without its edge (torchvision's GaussianBlur).
struct GaussianBlur: Transform {
  /// Pixels that one output sees along each side; odd.
  let kernel: Int
  /// Standard deviation in pixels; torchvision: 0.1…2.
  let deviation: ClosedRange<Double>

  func stage(for input: BatchShape) -> any TransformStage {
    ResampleStage(input: input, output: input, taps: (kernel, kernel)) { rows, columns, random in
      let deviation = Double(random.uniform(Float(deviation.lowerBound), Float(deviation.upperBound)))
      rows.blur(kernel: kernel, deviation: deviation)
      columns.blur(kernel: kernel, deviation: deviation)
    }
  }

  /// A published kernel for 224 pixels in proportion to another size, odd and at least 3.
  static func kernel(_ published: Double, forSize size: Int) -> Int {
    max(3, 2 * Int(published * Double(size) / 448) + 1)
  }
}

extension BandTable {
  /// Weights exp(−d²/2σ²), normalized, over `kernel` inputs around each output.
  func blur(kernel: Int, deviation: Double) {
    let reach = kernel / 2
    var sum = 0.0
    for d in -reach...reach { sum += exp(-Double(d * d) / (2 * deviation * deviation)) }
    for index in 0..<outputs {
      place(index, from: index - reach)
      for d in -reach...reach {
        let weight = exp(-Double(d * d) / (2 * deviation * deviation)) / sum
        add(Float(weight), of: reflected(index + d), to: index)
      }
    }
  }

  /// …2 1 | 0 1 2 … n−1 | n−2 n−3…, as often as it takes for small pictures.
  private func reflected(_ position: Int) -> Int {
    guard inputs > 1 else { return 0 }
    let period = 2 * (inputs - 1)
    let rest = ((position % period) + period) % period
    return rest < inputs ? rest : period - rest
  }
}
