import CKernels
import Foundation
public import Models
public import NeuralNetwork

extension ReferenceStatistics {
  /// Measures natural pictures.
  ///
  /// - Parameters:
  ///   - references: Pictures prepared for the model's input, C×H×W in [0, 1], not normalized.
  ///   - layers: Names of the layers; none for the model's five stages.
  ///   - batch: Pictures that run through the network together.
  ///   - progress: Called with the number of pictures done.
  /// - Throws: ``VisualizationError`` for pictures of a wrong size or none, and for unknown layers.
  public static func measure(
    _ references: [[Float]], in model: Model, layers: [String]? = nil, batch: Int = 8, threads: Int = 0,
    precision: Precision = .float32, progress: (Int) throws(CancellationError) -> Void = { _ in }
  ) throws -> ReferenceStatistics {
    let measurement = try Measurement(
      model, layers: layers ?? model.stageNames, batch: max(1, min(batch, references.count)),
      options: .init(precision: precision, threads: threads))
    let sums = measurement.nodes.map { SortedSum(layout: model.graph[$0].layout) }
    try measurement.run(references, progress: progress) { executor, pictures in
      for (node, sum) in zip(measurement.nodes, sums) {
        sum.add(executor.value(of: node), pictures: pictures)
      }
    }
    return ReferenceStatistics(
      weightsHash: model.weightsHash, count: references.count,
      layers: zip(measurement.layers, sums).map { name, sum in
        Layer(
          name: name, channels: sum.layout.channels, positions: sum.layout.positions,
          quantiles: sum.mean(over: references.count))
      })
  }

  /// Measures activation × relevance, and how much each channel counts: its greatest relevance, from 0 for the layer's
  /// least to 1 for its greatest channel, averaged over the pictures (Görgün et al. 2025, their code).
  static func measure(
    _ references: [[Float]], for target: ResolvedTarget, weighting: RelevanceWeighting, in model: Model,
    layers: [String], method: String, options: Executor.Options,
    progress: (Int) throws(CancellationError) -> Void
  ) throws -> ReferenceStatistics {
    let measurement = try Measurement(model, layers: layers, batch: 1, options: options)
    let trace = try RelevanceTrace(
      target, in: model, by: weighting, method: method, layers: measurement.nodes, options: options)
    let parts = measurement.nodes.map { node in
      let layout = model.graph[node].layout
      return (
        node: node, features: RelevantFeatures(layout), sum: SortedSum(layout: layout),
        importance: Importance(layout)
      )
    }
    try measurement.run(references, progress: progress) { executor, _ in
      try trace.run(UnsafePointer(start(of: executor.input)))
      for part in parts {
        let relevance = trace.relevance(of: part.node)
        part.features.take(
          start(of: executor.value(of: part.node)), relevance, isPositive: trace.isPositive)
        part.sum.addPlanar(part.features.values.start)
        part.importance.add(relevance, floor: trace.isPositive ? 0 : -.infinity)
      }
    }
    return ReferenceStatistics(
      weightsHash: model.weightsHash, count: references.count, weighting: weighting.name,
      layers: zip(layers, parts).map { name, part in
        Layer(
          name: name, channels: part.sum.layout.channels, positions: part.sum.layout.positions,
          quantiles: part.sum.mean(over: references.count),
          importance: part.importance.mean(over: references.count))
      })
  }
}

/// Shows natural pictures to a network, some at a time.
private struct Measurement {
  let layers: [String]
  let nodes: [Graph.NodeID]
  private let model: Model
  private let executor: Executor
  private let threads: Threads

  init(_ model: Model, layers: [String], batch: Int, options: Executor.Options) throws {
    self.model = model
    self.layers = layers
    nodes = try layers.map { try model.matchable($0) }
    threads = Threads(options.threads)
    executor = try Executor(graph: model.graph, batch: batch, taps: nodes, gradient: false, options: options)
  }

  /// Calls `read` after each run with the number of pictures in it.
  func run(
    _ references: [[Float]], progress: (Int) throws(CancellationError) -> Void,
    read: (Executor, _ pictures: Int) throws -> Void
  ) throws {
    let picture = model.graph[model.graph.input].shape.reduce(1, *)
    try Self.check(references, count: picture)
    let former = threads.take()
    defer { former.restore() }
    for first in stride(from: 0, to: references.count, by: executor.batch) {
      let group = references[first..<min(first + executor.batch, references.count)]
      // A last group that isn't full leaves old pictures behind it, whose values aren't read.
      for (index, reference) in group.enumerated() {
        var values = reference
        model.input.normalize(&values)
        _ = UnsafeMutableBufferPointer(rebasing: executor.input[(index * picture)...])
          .update(fromContentsOf: values)
      }
      try executor.forward()
      try read(executor, group.count)
      try progress(first + group.count)
    }
  }

  private static func check(_ references: [[Float]], count: Int) throws(VisualizationError) {
    guard !references.isEmpty else { throw .missingReferences(method: "matching distributions") }
    for (index, reference) in references.enumerated() where reference.count != count {
      throw .referenceSize(index: index, count: reference.count, expected: count)
    }
  }
}

extension Model {
  /// The node of a layer whose distribution can be matched: it needs positions to sort over.
  func matchable(_ name: String) throws(VisualizationError) -> Graph.NodeID {
    let stage = stageNames.firstIndex(of: name).map { stages[$0] }
    guard let node = stage ?? graph.node(named: name) else {
      throw .unknownLayer(name, known: graph.allNames + stageNames)
    }
    return node
  }
}

/// The running sum of sorted channels.
private final class SortedSum {
  let layout: ChannelLayout
  private let sum: FloatBuffer
  /// One picture's values, channel after channel, sorted in place.
  private let values: FloatBuffer
  private let workspace: FloatBuffer

  init(layout: ChannelLayout) {
    self.layout = layout
    sum = FloatBuffer(count: layout.channels * layout.positions)
    values = FloatBuffer(count: sum.count)
    workspace = .sorting(layout)
  }

  func add(_ batch: UnsafeBufferPointer<Float>, pictures: Int) {
    let (channels, positions) = (layout.channels, layout.positions)
    for index in 0..<pictures {
      let picture = start(of: batch) + index * sum.count
      if layout.isPlanar {
        addPlanar(picture)
      } else {
        vitrine_transpose(picture, values.start, Int32(positions), Int32(channels))
        addPlanar(values.start)
      }
    }
  }

  /// Adds one picture's values, channel after channel.
  func addPlanar(_ picture: UnsafePointer<Float>) {
    vitrine_sort_channels(
      Int64(layout.channels), Int64(layout.positions), picture, values.start, workspace.start)
    vitrine_axpy(values.start, sum.start, sum.count, 1)
  }

  func mean(over count: Int) -> [Float] { sum.array.map { $0 / Float(count) } }
}

/// The running sum of how much each channel counts.
private final class Importance {
  private let layout: ChannelLayout
  private var sum: [Double]

  init(_ layout: ChannelLayout) {
    self.layout = layout
    sum = [Double](repeating: 0, count: layout.channels)
  }

  /// Adds one picture's relevance, as it lies in the network.
  func add(_ relevance: UnsafePointer<Float>, floor: Float) {
    let greatest = (0..<layout.channels).map { channel in
      (0..<layout.positions).reduce(floor) { max($0, relevance[layout.index(channel, $1)]) }
    }
    let least = greatest.min() ?? 0
    let range = (greatest.max() ?? 0) - least + 1e-6
    for (channel, value) in greatest.enumerated() { sum[channel] += Double((value - least) / range) }
  }

  func mean(over count: Int) -> [Float] { sum.map { Float($0 / Double(count)) } }
}
