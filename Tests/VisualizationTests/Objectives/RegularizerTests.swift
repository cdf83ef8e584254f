import Models
import Testing

@testable import Visualization

@Suite struct RegularizerTests {
  private func evaluate(_ price: any Regularizer, _ x: [Float], _ shape: BatchShape) -> (
    value: Double, gradient: [Float]
  ) {
    var gradient = [Float](repeating: 0, count: x.count)
    let value = price.evaluate(x, shape, gradient: &gradient)
    return (value, gradient)
  }

  /// Appendix B, 3.
  @Test func variationOfAPoint() {
    let shape = BatchShape(count: 1, channels: 1, height: 2, width: 2)
    #expect(evaluate(TotalVariation(weight: 1), [0, 1, 0, 0], shape).value == 3)
    #expect(evaluate(AbsoluteVariation(weight: 1), [0, 1, 0, 0], shape).value == 2)
  }

  /// The norms' slope at 0 is 0/0; a flat picture must give no NaN.
  @Test func flatPicturesHaveNoGradient() {
    let shape = BatchShape(count: 2, channels: 3, height: 5, width: 4)
    let flat = [Float](repeating: 0.3, count: shape.total)
    let (value, gradient) = evaluate(TotalVariation(weight: 1), flat, shape)
    #expect(value == 0 && gradient.allSatisfy { $0 == 0 })
    let zero = [Float](repeating: 0, count: shape.total)
    #expect(evaluate(PictureNorm(weight: 1), zero, shape).gradient.allSatisfy { $0 == 0 })
  }

  @Test(arguments: [
    BatchShape(count: 1, channels: 3, height: 7, width: 5),
    BatchShape(count: 3, channels: 2, height: 1, width: 9),
    BatchShape(count: 2, channels: 1, height: 9, width: 1),
  ]) func gradientsAgreeWithDifferences(shape: BatchShape) {
    let prices: [any Regularizer] = [
      TotalVariation(weight: 0.7), AbsoluteVariation(weight: 1.3), PictureNorm(weight: 0.4),
      SquaredNorm(weight: 0.2),
    ]
    for price in prices {
      var x = randomNumbers(shape.total)
      let gradient = evaluate(price, x, shape).gradient
      for index in x.indices {
        let kept = x[index]
        x[index] = kept + 5e-3
        let above = evaluate(price, x, shape).value
        x[index] = kept - 5e-3
        let slope = (above - evaluate(price, x, shape).value) / 1e-2
        // The absolute variation has kinks, which a difference may straddle.
        #expect(
          abs(slope - Double(gradient[index])) < (price is AbsoluteVariation ? 0.3 : 5e-3),
          "\(price) \(index)")
        x[index] = kept
      }
    }
  }

  @Test func gradientsAreAdded() {
    let shape = BatchShape(count: 1, channels: 1, height: 3, width: 3)
    let x = randomNumbers(9)
    var gradient = [Float](repeating: 5, count: 9)
    _ = TotalVariation(weight: 1).evaluate(x, shape, gradient: &gradient)
    let alone = evaluate(TotalVariation(weight: 1), x, shape).gradient
    #expect(relativeDistance(gradient.map { $0 - 5 }, alone) < 1e-5)
  }
}

extension RegularizerTests {
  /// Values and gradients beside PyTorch's.
  @Test func agreeWithPyTorch() throws {
    let golden = try Golden.load().regularizers
    let shape = BatchShape(count: 2, channels: 3, height: 7, width: 9)
    let x = HashedWeights.numbers("golden.variation", count: shape.total)
    let prices: [(name: String, price: any Regularizer)] = [
      ("l2", TotalVariation(weight: 1)), ("l1", AbsoluteVariation(weight: 1)),
      ("norm", PictureNorm(weight: 1)),
    ]
    for (name, price) in prices {
      let wanted = try #require(golden[name])
      var gradient = [Float](repeating: 0, count: x.count)
      let value = price.evaluate(x, shape, gradient: &gradient)
      #expect(abs(value - wanted.value) < 1e-5 * wanted.value, "\(name)")
      #expect(relativeDistance(gradient, wanted.gradient) < 1e-5, "\(name)")
    }
  }
}
