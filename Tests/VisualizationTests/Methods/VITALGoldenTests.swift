import Foundation
import Models
import Network
import Tensor
import Testing

@testable import Visualization

/// VITAL's loss, gradient and loop beside PyTorch's on the demo ResNet.
@Suite struct VITALGoldenTests {
  /// Shifts by what was recorded, in turn.
  private struct RecordedJitter: Transform {
    let shifts: [[Int]]

    func stage(for input: BatchShape) -> any TransformStage { Stage(shape: input, shifts: shifts) }

    final class Stage: TransformStage {
      private let jitter: JitterStage
      private var left: ArraySlice<[Int]>
      var input: BatchShape { jitter.input }
      var output: BatchShape { jitter.output }

      init(shape: BatchShape, shifts: [[Int]]) {
        jitter = JitterStage(shape: shape, limit: 0)
        left = shifts[...]
      }

      func draw(from random: inout RandomSource) {
        if let shift = left.popFirst() { jitter.shifts = [(shift[0], shift[1])] }
      }
      func apply(_ source: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>) {
        jitter.apply(source, to: target)
      }
      func adjoint(_ gradient: UnsafePointer<Float>, to sourceGradient: UnsafeMutablePointer<Float>) {
        jitter.adjoint(gradient, to: sourceGradient)
      }
    }
  }

  private func ascent(_ golden: Golden.Vital, shifts: [[Int]]) throws -> (
    ascent: Ascent, pixels: any Parameterization
  ) {
    let model = try Demo.model()
    try #require(
      model.weightsHash == golden.weights,
      "the demo ResNet was trained anew: run tools/golden_visualization.py again")
    let references = try Demo.references("zebra", count: 5, for: model)
    let statistics = try ReferenceStatistics.measure(references, in: model, batch: 3, threads: 1)
    for (layer, wanted) in zip(statistics.layers, golden.targets) {
      #expect(relativeDistance(Golden.sample(layer.quantiles, 16), wanted) < 1e-4, "\(layer.name)")
    }
    let method = try VITAL(
      model: model,
      overrides: Settings([
        "tv_l2": .number(golden.tv), "l2": .number(golden.norm),
        "layer_weights": .numbers(golden.layerWeights),
        "steps": .number(10), "warm_up": .number(4),
      ]))
    var random = RandomSource(seed: 0)
    var parts = try method.alignment.parts(statistics, start: nil, random: &random)
    let start = HashedWeights.numbers("golden.vital", count: model.input.count).map { 1.5 * $0 }
    parts.parameterization.parameters.fill(start)
    parts.transforms = [RecordedJitter(shifts: shifts)]
    let target = try Target.classLogit(0).resolved(in: model)
    return (
      try Ascent(parts, model: model.graph, target: target, options: .init(threads: 1)),
      parts.parameterization
    )
  }

  @Test func lossAndGradient() throws {
    let golden = try Golden.load().vital
    let (ascent, pixels) = try ascent(golden, shifts: [[0, 0]])
    var random = RandomSource(seed: 0)
    let loss = try ascent.gradient(random: &random, step: 1)
    #expect(abs(loss - golden.loss) < 1e-4 * golden.loss)
    #expect(abs(norm(pixels.gradient.array) - golden.gradientNorm) < 1e-3 * golden.gradientNorm)
    let wanted = golden.gradient.values
    #expect(wanted.count == pixels.gradient.array.count)
    #expect(relativeDistance(pixels.gradient.array, wanted) < 1e-3)
  }

  @Test func tenSteps() throws {
    let golden = try Golden.load().vital
    let (ascent, pixels) = try ascent(golden, shifts: golden.shifts)
    var random = RandomSource(seed: 0)
    var losses: [Double] = []
    try ascent.run(random: &random) { step in
      losses.append(step.loss)
      return true
    }
    #expect(losses.count == golden.losses.count)
    for (loss, wanted) in zip(losses, golden.losses) { #expect(abs(loss - wanted) < 2e-3 * wanted) }
    // Adam's first steps go by the gradient's sign, so where it is next to nothing the last digits decide.
    #expect(relativeDistance(Golden.sample(pixels.parameters.array, 96), golden.picture) < 2e-2)
    #expect(abs(norm(pixels.parameters.array) - golden.pictureNorm) < 2e-3 * golden.pictureNorm)
  }
}
