import CKernels

/// (x − mean)/(deviation + ε) over all numbers at once, and its gradient through mean and deviation. Complex
/// numbers have one mean for their real and one for their imaginary parts, and one deviation for both.
struct Standardization {
  private(set) var scale: Float = 1
  private(set) var deviation = 1.0
  private let epsilon = 1e-4

  /// Writes `count` numbers standardized to `target`, which may be `values` itself.
  ///
  /// Real and imaginary parts lie in runs of `run` numbers, in turn; `run` equal to `count` means real numbers.
  mutating func apply(
    _ values: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>, count: Int, run: Int
  ) {
    let parts = run == count ? 1 : 2
    let means = means(values, count: count, run: run)
    var squares = 0.0
    for (index, start) in stride(from: 0, to: count, by: run).enumerated() {
      squares += vitrine_sum_of_squares_about(values + start, run, means[index])
    }
    // Unbiased, as in PyTorch: one less than the (complex) numbers.
    let freedom = Double(count / parts - 1)
    deviation = (squares / freedom).squareRoot()
    scale = Float(1 / (deviation + epsilon))
    for (index, start) in stride(from: 0, to: count, by: run).enumerated() {
      vitrine_standardize(values + start, target + start, run, means[index], scale)
    }
  }

  /// Turns dL/d(output) into dL/d(input) in place; `output` is what `apply` left.
  func pullback(
    _ gradient: UnsafeMutablePointer<Float>, output: UnsafePointer<Float>, count: Int, run: Int
  ) {
    let parts = run == count ? 1 : 2
    let freedom = Double(count / parts - 1)
    // With u = x − mean, s = deviation + ε and y = u/s: dL/du = g/s − ⟨g, u⟩/s² · u/(freedom·deviation).
    let along = vitrine_dot(gradient, output, count)
    vitrine_combine(
      output, gradient, count, deviation > 0 ? Float(-along / (freedom * deviation)) : 0, scale)
    let means = means(gradient, count: count, run: run)
    for (index, start) in stride(from: 0, to: count, by: run).enumerated() {
      vitrine_standardize(gradient + start, gradient + start, run, means[index], 1)
    }
  }

  /// The means of the real and of the imaginary parts, or twice that of all numbers.
  private func means(_ values: UnsafePointer<Float>, count: Int, run: Int) -> Means {
    let parts = run == count ? 1 : 2
    func mean(_ part: Int) -> Float {
      var sum = 0.0
      for start in stride(from: part * run, to: count, by: parts * run) {
        sum += vitrine_sum(values + start, run)
      }
      return Float(sum / Double(count / parts))
    }
    let real = mean(0)
    return Means(real: real, imaginary: parts == 1 ? real : mean(1))
  }

  private struct Means {
    let real: Float
    let imaginary: Float

    /// That of a run, counted from 0.
    subscript(run: Int) -> Float { run % 2 == 0 ? real : imaginary }
  }
}
