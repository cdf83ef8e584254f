import CKernels
import Models
import NeuralNetwork
import Relevance
import Tensor

@testable import Visualization

extension EngineBenchmark {
  static let resNet50 = ResNet(block: .bottleneck, blocks: [3, 4, 6, 3])

  static func transformer(_ patch: Int, _ hidden: Int, _ layers: Int, _ heads: Int) -> VisionTransformer {
    VisionTransformer(patch: patch, hidden: hidden, layers: layers, heads: heads, mlp: 4 * hidden)
  }

  static let denseNet121 = DenseNet(growth: 32, blocks: [6, 12, 24, 16], width: 64)

  static let convNeXtBase = ConvNeXt(blocks: [3, 3, 27, 3], widths: [128, 256, 512, 1024])

  /// Forward and backward from all logits.
  static func network(
    _ title: String, _ peer: String, _ architecture: any Architecture, batch: Int = 1, budget: Double,
    _ precision: Precision = .float32
  ) -> Task {
    Task(
      title: title, peer: peer, batch: batch, budget: budget, precision: precision, architecture: architecture
    ) { threads in
      let options = Executor.Options(precision: precision, threads: threads)
      let (executor, logits) = try executor(architecture, batch: batch, options)
      executor.seed(of: logits).update(repeating: 0.01)
      return {
        try executor.forward()
        try executor.backward(from: [logits])
      }
    }
  }

  /// Channels and positions of the eight taps of ResNet-50 that VITAL's authors match.
  static let tapSizes = [
    (64, 12544), (64, 12544), (64, 12544), (64, 3136), (256, 3136), (512, 784), (1024, 196), (2048, 49),
  ]

  /// Sort matching of eight taps on random values.
  static func sorting(threads: Int) throws -> () throws -> Void {
    var random = RandomSource(seed: 1)
    let matches = tapSizes.map { size in
      let values = (0..<size.0 * size.1).map { _ in random.normal() }
      return (match: Match(channels: size.0, positions: size.1), values: values)
    }
    var gradients = matches.map { [Float](repeating: 0, count: $0.values.count) }
    return {
      for (index, item) in matches.enumerated() { item.match.run(item.values, &gradients[index]) }
    }
  }

  /// Forward to eight taps, sort matching at each, backward.
  static func vital(threads: Int) throws -> () throws -> Void {
    let names = ["conv1", "bn1", "relu", "maxpool", "layer1", "layer2", "layer3", "layer4"]
    var builder = GraphBuilder(size: 224, weights: HashedWeights())
    _ = try resNet50.build(&builder)
    let taps = names.compactMap { builder.graph.node(named: $0) }
    let executor = try Executor(graph: builder.graph, batch: 1, taps: taps, options: .init(threads: threads))
    fill(executor)
    let matches = tapSizes.map { Match(channels: $0.0, positions: $0.1) }
    return {
      try executor.forward()
      for (tap, match) in zip(taps, matches) {
        match.run(executor.value(of: tap), executor.seed(of: tap))
      }
      try executor.backward(from: taps)
    }
  }

  /// Layer-wise relevance propagation from a logit to the picture, forward run included.
  static func relevance(threads: Int) throws -> () throws -> Void {
    var builder = GraphBuilder(size: 224, weights: HashedWeights())
    let logits = try resNet50.build(&builder).logits
    let propagator = try RelevancePropagator(
      graph: builder.graph, composite: .epsilonPlusFlat, from: logits, to: [builder.graph.input],
      bounds: PictureBounds(low: [-1, -1, -1], high: [1, 1, 1]), options: .init(threads: threads))
    var random = RandomSource(seed: 1)
    for index in propagator.input.indices { propagator.input[index] = random.normal() }
    return {
      try propagator.forward()
      var start = [Float](repeating: 0, count: propagator.value.count)
      start[5] = propagator.value[5]
      try propagator.propagate(start)
    }
  }

  /// VITAL's step for a neuron within the network: relevance at four layers found anew, activation × relevance matched,
  /// and backward. By z-plus rules, as its peer.
  static func inner(threads: Int) throws -> () throws -> Void {
    let model = try Model(name: "resnet50", resNet50, weights: MappedWeights(), weightsHash: "hashed")
    let target = Target.channel(layer: "layer4", channel: 7)
    let method = try VITAL(
      model: model, overrides: Settings(["rules": .text("epsilon-plus")]), layer: "layer4")
    let options = Executor.Options(threads: threads)
    var random = RandomSource(seed: 1)
    let picture = (0..<model.input.count).map { _ in random.uniform() }
    let statistics = try method.measure([picture], for: target, options: options) { _ in }
    let resolved = try target.resolved(in: model)
    let parts = try method.alignment.parts(
      statistics, resolved, start: nil, options: options, random: &random)
    let ascent = try Ascent(parts, model: model.graph, target: resolved, options: options)
    let box = RandomBox(random)
    return { _ = try ascent.gradient(random: &box.source, step: 1) }
  }

  /// Random numbers that go on from step to step.
  private final class RandomBox {
    var source: RandomSource
    init(_ source: RandomSource) { self.source = source }
  }

  static func executor(
    _ architecture: any Architecture, batch: Int, _ options: Executor.Options
  ) throws -> (Executor, Graph.NodeID) {
    var builder = GraphBuilder(size: 224, weights: MappedWeights())
    let logits = try architecture.build(&builder).logits
    let executor = try Executor(graph: builder.graph, batch: batch, taps: [logits], options: options)
    fill(executor)
    return (executor, logits)
  }

  private static func fill(_ executor: Executor) {
    var random = RandomSource(seed: 1)
    for index in executor.input.indices { executor.input[index] = random.normal() }
  }
}

/// Sort matching of one tap with quantiles of its own.
private final class Match {
  private let (channels, positions): (Int, Int)
  private let target: [Float]
  private let workspace: UnsafeMutableRawPointer

  init(channels: Int, positions: Int) {
    (self.channels, self.positions) = (channels, positions)
    target = (0..<channels * positions).map { Float($0 % positions) / Float(positions) }
    workspace = .allocate(
      byteCount: Int(vitrine_sort_workspace(Int64(channels), Int64(positions))), alignment: 64)
  }

  deinit { workspace.deallocate() }

  func run(_ values: [Float], _ gradient: inout [Float]) {
    _ = vitrine_sort_match(Int64(channels), Int64(positions), values, target, 1, 0, &gradient, workspace)
  }

  func run(_ values: UnsafeBufferPointer<Float>, _ gradient: UnsafeMutableBufferPointer<Float>) {
    _ = vitrine_sort_match(
      Int64(channels), Int64(positions), values.baseAddress, target, 1, 0, gradient.baseAddress, workspace)
  }
}
