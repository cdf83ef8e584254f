import Models
import NeuralNetwork
import Tensor
import Testing

@testable import Visualization

/// Losses, gradients and ten steps of all methods but VITAL beside PyTorch's, on the demo networks, with the same random
/// draws.
@Suite struct MethodGoldenTests {
  /// What a method's value makes: the parts of its loop, and the network that they run.
  private typealias Prepared = (parts: Ascent.Parts, graph: Graph, target: ResolvedTarget)

  /// Compares the first step and ten steps from hashed parameters. `changes` is how far parameters may differ: Adam's
  /// first steps go by the gradient's sign, so where it is next to nothing the last digits decide.
  private func compare(
    _ name: String, _ prepared: Prepared, start: (String, (Float) -> Float), changes: Double = 2e-2
  ) throws {
    let golden = try #require(try MethodGolden.load().cases[name])
    let parameters = prepared.parts.parameterization.parameters
    parameters.fill(HashedWeights.numbers(start.0, count: parameters.count).map(start.1))
    let ascent = try Ascent(
      prepared.parts, model: prepared.graph, target: prepared.target, options: .init(threads: 1))
    var random = RandomSource(seed: MethodGolden.seed)
    let loss = try ascent.gradient(random: &random, step: 1)
    #expect(close(loss, golden.losses[0], 2e-4), "\(name): loss \(loss), not \(golden.losses[0])")
    let gradient = prepared.parts.parameterization.gradient.array
    #expect(close(norm(gradient), golden.gradientNorm, 2e-3), "\(name): norm of the gradient")
    let distance = relativeDistance(Golden.sample(gradient, 96), golden.gradient)
    #expect(distance < 3e-3, "\(name): gradient off by \(distance)")
    let imageGradient = ascent.accumulated.array
    #expect(
      close(norm(imageGradient), golden.imageGradientNorm, 2e-3), "\(name): norm of the image's gradient")
    let imageDistance = relativeDistance(Golden.sample(imageGradient, 96), golden.imageGradient)
    #expect(imageDistance < 3e-3, "\(name): the image's gradient off by \(imageDistance)")

    random = RandomSource(seed: MethodGolden.seed)
    var losses: [Double] = []
    try ascent.run(random: &random) { step in
      losses.append(step.loss)
      return true
    }
    #expect(losses.count == golden.losses.count)
    // A logit may pass through 0.
    let scale = golden.losses.map(abs).max() ?? 1
    for (step, (loss, wanted)) in zip(losses, golden.losses).enumerated() {
      #expect(
        abs(loss - wanted) < 1e-2 * scale, "\(name): loss of step \(step + 1) is \(loss), not \(wanted)")
    }
    let end = relativeDistance(Golden.sample(parameters.array, 96), golden.parameters)
    #expect(end < changes, "\(name): parameters off by \(end)")
    #expect(close(norm(parameters.array), golden.parametersNorm, changes), "\(name): norm of the parameters")
  }

  private func close(_ a: Double, _ b: Double, _ tolerance: Double) -> Bool {
    abs(a - b) <= tolerance * max(abs(b), 0.05)
  }

  /// The rate of spectra in the golden script.
  private static let spectralRate = SettingValue.number(0.02)

  /// The same for spectra of Lucid.
  private static let lucidRate = SettingValue.number(0.0005)

  private func settings(_ values: [String: SettingValue]) -> Settings {
    Settings(values.merging(["steps": .number(10)]) { $1 })
  }

  @Test(arguments: [
    ("deep-inversion coarse", "demo-resnet", 3, 0.0), ("deep-inversion full", "demo-resnet", 2, 0.05),
    ("deep-inversion densenet", "demo-densenet", 2, 0.0),
  ]) func deepInversion(name: String, network: String, batch: Int, absolute: Double) throws {
    let model = try MethodGolden.load().model(network)
    let method = try DeepInversion(
      model: model,
      overrides: settings([
        "coarse_steps": .number(name.hasSuffix("coarse") ? 10 : 0), "warm_up": .number(4),
        "main": .number(1.5),
        "batch": .number(Double(batch)), "tv_l2": .number(1e-3), "tv_l1": .number(absolute),
        "l2": .number(2e-3),
      ]))
    let stage = method.stages[0]
    let graph = try method.graph(stage)
    let target = try Target.classLogit(5).resolved(in: model)
    var random = RandomSource(seed: 0)
    let parts = method.parts(stage, method.pixels(start: nil, random: &random), target, in: graph)
    try compare(name, (parts, graph, target), start: ("golden.deep-inversion", { 1.5 * $0 }))
  }

  @Test(arguments: [
    ("maco resnet", "demo-resnet", 96), ("maco vit", "demo-vit", 96), ("maco large", "demo-resnet", 160),
  ]) func maco(name: String, network: String, size: Int) throws {
    let model = try MethodGolden.load().model(network)
    let method = try MACO(
      model: model,
      overrides: settings([
        "crops": .number(2), "size": .number(Double(size)), "learning_rate": Self.spectralRate,
      ]))
    let magnitudes = try MagnitudeSpectrum(
      channels: 3, height: 64, halfWidth: 33,
      values: HashedWeights.numbers("golden.magnitudes", count: 3 * 64 * 33).map { abs($0) + 0.1 })
    let target = try (name == "maco vit" ? Self.tokens : .classLogit(5)).resolved(in: model)
    var random = RandomSource(seed: 0)
    let parts = try method.parts(target, magnitudes, start: nil, random: &random)
    try compare(name, (parts, model.graph, target), start: ("golden.maco", { 1.5 * $0 }))
  }

  @Test(arguments: [("plug-in-inversion resnet", "demo-resnet"), ("plug-in-inversion vit", "demo-vit")])
  func plugInInversion(name: String, network: String) throws {
    let model = try MethodGolden.load().model(network)
    let method = try PlugInInversion(model: model, overrides: settings(["batch": .number(3)]))
    let (graph, isNative) = method.network(size: 48)
    #expect(isNative == (network == "demo-resnet"))
    let target = try Target.classLogit(5).resolved(in: model)
    var random = RandomSource(seed: 0)
    let parts = method.parts(
      method.pixels(size: 48, random: &random), target, in: graph, isNative: isNative)
    try compare(name, (parts, graph, target), start: ("golden.plug-in", { 0.5 + 0.45 * $0 }))
  }

  @Test func plugInInversionGrows() throws {
    let golden = try MethodGolden.load()
    let method = try PlugInInversion(model: try golden.model("demo-resnet"))
    #expect(method.sizes == [24, 36, 48, 60, 72, 84, 96])
    var random = RandomSource(seed: MethodGolden.seed)
    let small = method.pixels(
      size: 24, start: HashedWeights.numbers("golden.growth", count: 3 * 24 * 24).map { 0.5 + 0.45 * $0 },
      random: &random)
    random = RandomSource(seed: MethodGolden.seed)
    let grown = method.grown(small, to: 36, random: &random)
    #expect(relativeDistance(Golden.sample(grown.parameters.array, 192), golden.growth) < 1e-5)
  }

  @Test(arguments: [
    ("fourier resnet", "demo-resnet", 96, "vital-baseline"),
    ("fourier vit", "demo-vit", 96, "vital-baseline"),
    ("fourier large", "demo-resnet", 160, "vital-baseline"), ("fourier horama", "demo-resnet", 96, "horama"),
    ("fourier lucid", "demo-resnet", 96, "lucid"),
    ("fourier probability", "demo-resnet", 96, "vital-baseline"),
    ("fourier difference", "demo-vit", 96, "vital-baseline"),
  ]) func fourier(name: String, network: String, size: Int, variant: String) throws {
    let model = try MethodGolden.load().model(network)
    var overrides = settings(["size": .number(Double(size)), "variant": .text(variant)])
    overrides["learning_rate"] = variant == "lucid" ? Self.lucidRate : Self.spectralRate
    if variant != "lucid" { overrides["crops"] = .number(2) }
    let method = try FourierVisualization(model: model, overrides: overrides)
    let target = try (Self.targets[name] ?? .classLogit(5)).resolved(in: model)
    var random = RandomSource(seed: 0)
    let parts = try method.parts(target, start: nil, random: &random)
    let scale: Float = variant == "lucid" ? 0.01 : 1.5
    try compare(name, (parts, model.graph, target), start: ("golden.fourier", { scale * $0 }))
  }

  @Test(arguments: [
    ("activation six", "demo-resnet", 4), ("activation one", "demo-vit", 2),
    ("activation none", "demo-resnet", 1), ("activation vit", "demo-vit", 1),
    ("activation token", "demo-vit", 1), ("activation head", "demo-vit", 1),
  ]) func activationMaximization(name: String, network: String, batch: Int) throws {
    let model = try MethodGolden.load().model(network)
    let word = String(name.split(separator: " ")[1])
    let kind = ["six", "one"].contains(word) ? word : "none"
    let method = try ActivationMaximization(
      model: model,
      overrides: settings([
        "augmentations": .text(kind), "batch": .number(Double(batch)), "tv_l2": .number(0.005),
        "learning_rate": .number(0.02), "blur_kernel": .number(9),
      ]))
    let target = try (Self.targets[name] ?? .classLogit(5)).resolved(in: model)
    var random = RandomSource(seed: 0)
    let parts = method.parts(target, start: nil, random: &random)
    try compare(name, (parts, model.graph, target), start: ("golden.activation", { 0.5 + 0.45 * $0 }))
  }

  @Test func interpolation() throws {
    let model = try MethodGolden.load().model("demo-resnet")
    let method = try FourierVisualization(
      model: model, overrides: settings(["crops": .number(2), "learning_rate": Self.spectralRate]))
    let target = try Target.classLogit(5).resolved(in: model)
    var random = RandomSource(seed: 0)
    let parts = method.parts(
      from: target, to: try Target.classLogit(9).resolved(in: model), shares: [0, 0.5, 1], random: &random)
    try compare(
      "interpolation", (parts, model.graph, target), start: ("golden.interpolation", { 1.5 * $0 }))
  }

  @Test func magnitudesOfPictures() throws {
    let golden = try MethodGolden.load()
    let model = try golden.model("demo-resnet")
    let references = try Demo.references("zebra", count: 5, for: model)
    let spectrum = try MagnitudeSpectrum.measure(count: 5, size: model.input.size) { references[$0] }
    #expect(relativeDistance(Golden.sample(spectrum.values, 96), golden.spectrum.values) < 1e-3)
    #expect(close(norm(spectrum.values), golden.spectrum.norm, 1e-3))
  }

  /// What the golden script looks at where it isn't class 5.
  private static let targets: [String: Target] = [
    "activation none": .channel(layer: "layer3", channel: 5), "activation vit": tokens,
    "activation token": Target(.layer("encoder.layers.encoder_layer_2", .channel(7), position: 3)),
    "activation head": Target(
      .layer("encoder.layers.encoder_layer_2.self_attention.heads", .head(32..<64), position: nil)),
    "fourier probability": .classProbability(5),
    "fourier difference": Target([.init(1, .classLogit(5)), .init(-0.5, .classLogit(9))]),
  ]

  /// A hidden unit of a transformer's tokens.
  private static let tokens = Target.channel(layer: "encoder.layers.encoder_layer_2", channel: 7)
}
