import Foundation
import Models
import NeuralNetwork
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

  private typealias Prepared = (ascent: Ascent, pixels: any Parameterization)

  /// The loop from the golden run's start, with its shifts.
  private func prepared(
    _ method: VITAL, _ target: Target, _ golden: Golden.Run, shifts: [[Int]],
    importance: [[Float]]? = nil
  ) throws -> Prepared {
    let model = try Demo.model()
    let options = Executor.Options(threads: 1)
    let references = try Demo.references("zebra", count: 5, for: model)
    let statistics = try method.measure(references, for: target, options: options) { _ in }
    for (layer, wanted) in zip(statistics.layers, golden.targets) {
      #expect(relativeDistance(Golden.sample(layer.quantiles, 16), wanted) < 1e-4, "\(layer.name)")
    }
    for (layer, wanted) in zip(statistics.layers, importance ?? []) {
      #expect(relativeDistance(Golden.sample(layer.importance, 8), wanted) < 1e-3, "\(layer.name)")
    }
    var random = RandomSource(seed: 0)
    let resolved = try target.resolved(in: model)
    var parts = try method.alignment.parts(
      statistics, resolved, start: nil, options: options, random: &random)
    parts.parameterization.parameters.fill(
      HashedWeights.numbers("golden.vital", count: model.input.count).map { 1.5 * $0 })
    parts.transforms = [RecordedJitter(shifts: shifts)]
    return (
      try Ascent(parts, model: model.graph, target: resolved, options: options), parts.parameterization
    )
  }

  private func classes(_ golden: Golden.Vital, shifts: [[Int]]) throws -> Prepared {
    let model = try Demo.model()
    try #require(
      model.weightsHash == golden.weights,
      "the demo ResNet was trained anew: run tools/golden_visualization.py again")
    let method = try VITAL(
      model: model,
      overrides: Settings([
        "tv_l2": .number(golden.tv), "l2": .number(golden.norm),
        "layer_weights": .numbers(golden.layerWeights), "steps": .number(10), "warm_up": .number(4),
      ]))
    return try prepared(method, .classLogit(0), golden.run, shifts: shifts)
  }

  private func inner(_ golden: Golden.Inner, _ relevance: String, shifts: [[Int]]) throws -> Prepared {
    let method = try VITAL(
      model: Demo.model(),
      overrides: Settings([
        "tv_l2": .number(golden.price), "l2": .number(golden.price), "relevance": .text(relevance),
        "steps": .number(10),
        "warm_up": .number(4),
      ]), layer: golden.layer)
    #expect(method.settings["layers"] == .text("conv1,layer1,layer2,layer3"))
    #expect(method.settings["layer_weights"] == .numbers(golden.layerWeights))
    return try prepared(
      method, .channel(layer: golden.layer, channel: golden.channel), golden.run, shifts: shifts,
      importance: golden.importance)
  }

  private func expectLoss(_ prepared: Prepared, _ golden: Golden.Run, tolerance: Double = 1e-3) throws {
    var random = RandomSource(seed: 0)
    let loss = try prepared.ascent.gradient(random: &random, step: 1)
    #expect(abs(loss - golden.loss) < 1e-4 * golden.loss)
    let gradient = prepared.pixels.gradient.array
    #expect(abs(norm(gradient) - golden.gradientNorm) < tolerance * golden.gradientNorm)
    #expect(golden.gradient.values.count == gradient.count)
    #expect(relativeDistance(gradient, golden.gradient.values) < tolerance)
  }

  private func expectSteps(_ prepared: Prepared, _ golden: Golden.Run) throws {
    var random = RandomSource(seed: 0)
    var losses: [Double] = []
    try prepared.ascent.run(random: &random) { step in
      losses.append(step.loss)
      return true
    }
    #expect(losses.count == golden.losses.count)
    for (loss, wanted) in zip(losses, golden.losses) { #expect(abs(loss - wanted) < 2e-3 * wanted) }
    // Adam's first steps go by the gradient's sign, so where it is next to nothing the last digits decide.
    let picture = prepared.pixels.parameters.array
    #expect(relativeDistance(Golden.sample(picture, 96), golden.picture) < 2e-2)
    #expect(abs(norm(picture) - golden.pictureNorm) < 2e-3 * golden.pictureNorm)
  }

  @Test func lossAndGradient() throws {
    let golden = try Golden.load().vital
    try expectLoss(try classes(golden, shifts: [[0, 0]]), golden.run)
  }

  @Test func tenSteps() throws {
    let golden = try Golden.load().vital
    try expectSteps(try classes(golden, shifts: golden.run.shifts), golden.run)
  }

  @Test func lossAndGradientOfAnInnerNeuron() throws {
    let golden = try Golden.load()
    try expectLoss(try inner(golden.inner, "activation", shifts: [[0, 0]]), golden.inner.run)
    try expectLoss(try inner(golden.restricted, "position", shifts: [[0, 0]]), golden.restricted.run)
  }

  @Test func tenStepsOfAnInnerNeuron() throws {
    let golden = try Golden.load()
    try expectSteps(try inner(golden.inner, "activation", shifts: golden.inner.run.shifts), golden.inner.run)
  }
}
