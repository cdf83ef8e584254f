import CKernels

/// (x − mean)/(deviation + ε) over all numbers at once, and its gradient through mean and deviation. Complex
/// numbers have one mean for their real and one for their imaginary parts, and one deviation for both.
struct Standardization {
  private(set) var scale: Float = 1
  private(set) var deviation = 1.0
  private let epsilon = 1e-4

  /// Standardizes `count` numbers in place. `isImaginary` tells the parts apart; without it all are real.
  ///
  /// Parts lie in runs of `run` numbers, real and imaginary in turn; `run` equal to `count` means real numbers.
  mutating func apply(_ values: UnsafeMutablePointer<Float>, count: Int, run: Int) {
    let parts = run == count ? 1 : 2
    removeMeans(values, count: count, run: run)
    // Unbiased, as in PyTorch: one less than the (complex) numbers.
    let freedom = Double(count / parts - 1)
    deviation = (vitrine_sum_of_squares(values, count) / freedom).squareRoot()
    scale = Float(1 / (deviation + epsilon))
    vitrine_affine(values, values, count, scale, 0)
  }

  /// Turns dL/d(output) into dL/d(input) in place; `output` is what `apply` left.
  func pullback(
    _ gradient: UnsafeMutablePointer<Float>, output: UnsafePointer<Float>, count: Int, run: Int
  ) {
    let parts = run == count ? 1 : 2
    let freedom = Double(count / parts - 1)
    // With u = x − mean, s = deviation + ε and y = u/s: dL/du = g/s − ⟨g, u⟩/s² · u/(freedom·deviation).
    let along = vitrine_dot(gradient, output, count)
    vitrine_affine(gradient, gradient, count, scale, 0)
    if deviation > 0 {
      vitrine_axpy(output, gradient, count, Float(-along / (freedom * deviation)))
    }
    removeMeans(gradient, count: count, run: run)
  }

  private func removeMeans(_ values: UnsafeMutablePointer<Float>, count: Int, run: Int) {
    let parts = run == count ? 1 : 2
    for part in 0..<parts {
      var sum = 0.0
      for start in stride(from: part * run, to: count, by: parts * run) {
        sum += vitrine_sum(values + start, run)
      }
      let mean = Float(sum / Double(count / parts))
      for start in stride(from: part * run, to: count, by: parts * run) {
        vitrine_affine(values + start, values + start, run, 1, -mean)
      }
    }
  }
}
