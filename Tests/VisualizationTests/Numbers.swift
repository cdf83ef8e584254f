import Tensor

@testable import Visualization

/// Standard normal numbers for a test.
func randomNumbers(_ count: Int, seed: UInt64 = 1) -> [Float] {
  var random = RandomSource(seed: seed, label: "test")
  var values = [Float](repeating: 0, count: count)
  random.fillNormal(&values)
  return values
}

/// Σ x·y in double precision.
func dot(_ x: [Float], _ y: [Float]) -> Double { zip(x, y).reduce(0) { $0 + Double($1.0) * Double($1.1) } }

/// ‖x‖
func norm(_ x: [Float]) -> Double { dot(x, x).squareRoot() }

/// ‖x − y‖/‖y‖
func relativeDistance(_ x: [Float], _ y: [Float]) -> Double {
  norm(zip(x, y).map { $0 - $1 }) / max(norm(y), 1e-30)
}

extension TransformStage {
  func applied(to source: [Float]) -> [Float] {
    var target = [Float](repeating: .nan, count: output.total)
    apply(source, to: &target)
    return target
  }

  func adjoint(of gradient: [Float]) -> [Float] {
    var target = [Float](repeating: .nan, count: input.total)
    adjoint(gradient, to: &target)
    return target
  }
}
