import Models
import Testing

@testable import Visualization

@Suite struct OptimizerTests {
  /// Ten steps beside PyTorch's, from the same start.
  @Test(arguments: ["adam", "cautious", "nadam", "momentum"]) func stepsAsPyTorch(name: String) throws {
    let wanted = try #require(try Golden.load().optimizers[name])
    var x = HashedWeights.numbers("golden.optimizer", count: wanted.count)
    let optimizer: any Optimizer =
      switch name {
      case "adam": Adam(count: x.count, betas: (0.5, 0.9))
      case "cautious": Adam(count: x.count, betas: (0.5, 0.9), isCautious: true)
      case "nadam": NAdam(count: x.count)
      default: GradientDescent(count: x.count, momentum: 0.9)
      }
    for _ in 0..<10 {
      let gradient = x.map { 4 * $0 * $0 * $0 - 1 }
      optimizer.step(&x, gradient, rate: 0.1)
    }
    #expect(relativeDistance(x, wanted) < 1e-4)
  }

  /// Appendix B, 6.
  @Test func nadamsFirstStep() {
    let optimizer = NAdam(count: 2)
    var x: [Float] = [0, 0]
    optimizer.step(&x, [3, -0.02], rate: 1)
    #expect(abs(x[0] + 1.05645) < 1e-4 && abs(x[1] - 1.05645) < 1e-4)
  }

  @Test func signStepsAreEqual() {
    var x: [Float] = [1, 1, 1]
    SignDescent(count: 3).step(&x, [5, -1e-9, 0], rate: 0.25)
    #expect(x == [0.75, 1.25, 1])
  }
}
