import CAllocations
import Models
import NeuralNetwork
import Tensor
import Testing

@testable import Visualization

/// What a step of each method takes from the heap beside the network's run: nothing.
@Suite struct AscentAllocationTests {
  @Test(
    "A step takes nothing from the heap but what the network's run takes",
    arguments: [
      ("vital", [:]), ("vital", ["matching": .text("mean-variance")]),
      ("vital", ["matching": .text("histogram"), "tv_l1": .number(0.01)]), ("vital-fast", [:]),
      ("fourier", [:]), ("fourier", ["size": .number(128)]), ("maco", [:]),
      ("deep-inversion", ["batch": .number(2)]), ("plug-in-inversion", ["batch": .number(2)]),
      ("activation-maximization", ["batch": .number(2)]),
      ("activation-maximization", ["batch": .number(2), "augmentations": .text("one")]),
      ("activation-maximization", ["augmentations": .text("none")]),
    ] as [(String, [String: SettingValue])])
  func steps(_ method: String, _ settings: [String: SettingValue]) throws {
    let model = try Demo.model()
    let target = try Target.classLogit(5).resolved(in: model)
    var random = RandomSource(seed: 1)
    let parts = try parts(method, Settings(settings), model, target, random: &random)
    // On one thread, so that all is counted.
    let ascent = try Ascent(parts, model: model.graph, target: target, options: .init(threads: 1))
    var taken: [Int] = []
    taken.reserveCapacity(5)
    try ascent.run(random: &random) { step in
      taken.append(allocations_count())
      allocations_start()
      return step.number < 5
    }
    allocations_start()
    try ascent.executor.forward()
    try ascent.executor.backward(from: ascent.executor.taps)
    let network = allocations_count()
    // The first step may make lasting tables.
    #expect(taken.dropFirst().allSatisfy { $0 == network }, "\(taken), the network \(network)")
  }

  private func parts(
    _ method: String, _ settings: Settings, _ model: Model, _ target: ResolvedTarget,
    random: inout RandomSource
  ) throws -> Ascent.Parts {
    switch method {
    case "vital", "vital-fast":
      let statistics = try ReferenceStatistics.measure(
        try Demo.references("zebra", count: 2, for: model), in: model, threads: 1)
      let alignment =
        method == "vital"
        ? try VITAL(model: model, overrides: settings).alignment
        : try FastVITAL(model: model, overrides: settings).alignment
      return try alignment.parts(
        statistics, target, start: nil, options: .init(threads: 1), random: &random)
    case "fourier":
      return try FourierVisualization(model: model, overrides: settings)
        .parts(target, start: nil, random: &random)
    case "maco":
      return try MACO(model: model, overrides: settings).parts(
        target, MagnitudeSpectrum.inverseFrequency(size: model.input.size), start: nil, random: &random)
    case "deep-inversion":
      let method = try DeepInversion(model: model, overrides: settings)
      return method.parts(
        method.stages[method.stages.count - 1], method.pixels(start: nil, random: &random), target,
        in: model.graph)
    case "plug-in-inversion":
      let method = try PlugInInversion(model: model, overrides: settings)
      return method.parts(
        method.pixels(size: model.input.size, random: &random), target, in: model.graph, isNative: true)
    default:
      return try ActivationMaximization(model: model, overrides: settings)
        .parts(target, start: nil, random: &random)
    }
  }
}
