import CKernels
import Foundation
import Models
import NeuralNetwork
import Tensor

@testable import Visualization

/// Times a step of each method as a whole and its network's share alone, beside a plain PyTorch loop of the same method.
/// What is left after the network are transforms, parameterization, losses and optimizer.
struct MethodBenchmark {
  /// A method on a network, with as many pictures a step as it is published with.
  struct Case {
    let method: String
    let network: String
    /// The peer's name for the network.
    let peer: String
    let batch: Int
    let architecture: any Architecture
    var settings: [String: SettingValue] = [:]
    /// The picture's side in pixels, if that isn't the network's.
    var size: Int?

    var name: String {
      "\(method), \(network)" + (batch > 1 ? ", batch \(batch)" : "") + (size.map { ", \($0) pixels" } ?? "")
    }

    /// How the peer calls it.
    var peerName: String { "\(method):\(peer)" + (size.map { ":\($0)" } ?? "") }

    /// The same at another size.
    func at(size: Int) -> Case {
      var other = self
      other.size = size
      other.settings["size"] = .number(Double(size))
      return other
    }
  }

  let python: String?
  let rounds: Int
  let threads: Int

  static var cases: [Case] {
    [
      ("ResNet-50", "resnet50", EngineBenchmark.resNet50 as any Architecture, 21),
      ("ViT-L/16", "vit_l_16", EngineBenchmark.transformer(16, 1024, 24, 16), 2),
    ].flatMap { network, peer, architecture, copies in
      let fourier = Case(
        method: "fourier", network: network, peer: peer, batch: 6, architecture: architecture)
      let maco = Case(
        method: "maco", network: network, peer: peer, batch: 6, architecture: architecture,
        settings: ["spectrum": .text("1/f")])
      var cases = [
        Case(method: "vital", network: network, peer: peer, batch: 1, architecture: architecture),
        fourier, maco,
        Case(
          method: "plug-in-inversion", network: network, peer: peer, batch: copies,
          architecture: architecture,
          settings: ["sizes": .number(1)]),
        Case(
          method: "activation-maximization", network: network, peer: peer, batch: 8,
          architecture: architecture),
      ]
      if peer == "resnet50" {
        cases += [
          Case(
            method: "deep-inversion", network: network, peer: peer, batch: 8, architecture: architecture,
            settings: ["batch": .number(8), "coarse_steps": .number(0)]),
          fourier.at(size: 1024), maco.at(size: 1024),
        ]
      }
      return cases
    }
  }

  /// Times the cases whose name ("maco, ViT-L/16, batch 6") contains one of `filters`, all if there are none, and prints
  /// a table.
  func run(filters: [String]) throws {
    let chosen = Self.cases.filter { one in filters.isEmpty || filters.contains { one.name.contains($0) } }
    guard !chosen.isEmpty else { return }
    let count = threads > 0 ? threads : ProcessInfo.processInfo.activeProcessorCount
    _ = vitrine_set_threads(Int32(count))
    Table.say(
      """

      A step of each method, \(count) threads, medians; milliseconds by the clock (of the \
      processors). "The rest" is the step without the network, as a share of it.

      | method | Vitrine | its network | the rest | PyTorch, best | its setting | ratio | rounds |
      |---|---|---|---|---|---|---|---|
      """)
    for one in chosen { Table.say(try row(one, threads: count)) }
  }

  private func row(_ one: Case, threads: Int) throws -> String {
    let step = try MethodStep(one, threads: threads)
    let peer = try python.map {
      try Peer(python: $0, arguments: [one.peerName, "\(one.batch)", "\(threads)"])
    }
    let outcome = try SideBySide(rounds: rounds).run([step.whole, step.network], beside: peer)
    let (mine, network, best) = (outcome.ours[0], outcome.ours[1], outcome.best)
    let cells = [
      one.name, mine.description, network.description,
      String(format: "%.1f %%", 100 * (1 - network.wall / mine.wall)), best?.sample.description ?? "",
      best?.name ?? "", best.map { mine.ratio(to: $0.sample) } ?? "", "\(outcome.rounds)",
    ]
    return "| " + cells.joined(separator: " | ") + " |"
  }
}

/// One method's loop, ready to be timed.
private struct MethodStep {
  private let ascent: Ascent
  private let random: Box

  /// The generator, which goes on from step to step.
  private final class Box {
    var source = RandomSource(seed: 1)
  }

  init(_ one: MethodBenchmark.Case, threads: Int) throws {
    let model = try Model(
      name: one.peer, one.architecture, weights: MappedWeights(), weightsHash: "hashed")
    let target = try Target.classLogit(5).resolved(in: model)
    let overrides = Settings(one.settings)
    let box = Box()
    let parts: Ascent.Parts
    switch one.method {
    case "vital":
      let method = try VITAL(model: model, overrides: overrides)
      var noise = RandomSource(seed: 2)
      let picture = (0..<model.inputShape.total).map { _ in noise.uniform() }
      parts = try method.alignment.parts(
        try ReferenceStatistics.measure([picture], in: model, threads: threads), target, start: nil,
        options: .init(threads: threads), random: &box.source)
    case "fourier":
      parts = try FourierVisualization(model: model, overrides: overrides)
        .parts(target, start: nil, random: &box.source)
    case "maco":
      let magnitudes = MagnitudeSpectrum.inverseFrequency(size: one.size ?? model.input.size)
      parts = try MACO(model: model, overrides: overrides)
        .parts(target, magnitudes, start: nil, random: &box.source)
    case "deep-inversion":
      let method = try DeepInversion(model: model, overrides: overrides)
      parts = method.parts(
        method.stages[0], method.pixels(start: nil, random: &box.source), target, in: model.graph)
    case "plug-in-inversion":
      let method = try PlugInInversion(model: model, overrides: overrides)
      parts = method.parts(
        method.pixels(size: model.input.size, random: &box.source), target, in: model.graph, isNative: true)
    default:
      parts = try ActivationMaximization(model: model, overrides: overrides)
        .parts(target, start: nil, random: &box.source)
    }
    ascent = try Ascent(parts, model: model.graph, target: target, options: .init(threads: threads))
    random = box
  }

  /// Everything that a step does.
  func whole() throws {
    let parameters = ascent.parts.parameterization
    _ = try ascent.gradient(random: &random.source, step: 1)
    ascent.parts.optimizer.step(parameters.parameters.start, parameters.gradient.start, rate: 1e-3)
    parameters.constrain()
  }

  /// The network alone, on what the last step showed it.
  func network() throws {
    try ascent.executor.forward()
    try ascent.executor.backward(from: ascent.executor.taps)
  }
}
