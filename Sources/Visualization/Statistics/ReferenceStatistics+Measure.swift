import CKernels
import Foundation
public import Models
public import Network

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
    let names = layers ?? model.stageNames
    let nodes = try names.map { try model.matchable($0) }
    let picture = model.graph[model.graph.input].shape.reduce(1, *)
    try check(references, count: picture)
    let batch = max(1, min(batch, references.count))
    let executor = try Executor(
      graph: model.graph, batch: batch, taps: nodes, gradient: false,
      options: .init(precision: precision, threads: threads))
    let former = Threads(threads).take()
    defer { former.restore() }
    let sums = nodes.map { SortedSum(layout: model.graph[$0].layout) }
    for first in stride(from: 0, to: references.count, by: batch) {
      let group = references[first..<min(first + batch, references.count)]
      // A last group that isn't full leaves old pictures behind it, whose values aren't read.
      for (index, reference) in group.enumerated() {
        var values = reference
        model.input.normalize(&values)
        _ = UnsafeMutableBufferPointer(rebasing: executor.input[(index * picture)...])
          .update(fromContentsOf: values)
      }
      try executor.forward()
      for (node, sum) in zip(nodes, sums) { sum.add(executor.value(of: node), pictures: group.count) }
      try progress(min(first + batch, references.count))
    }
    return ReferenceStatistics(
      weightsHash: model.weightsHash, count: references.count,
      layers: zip(names, sums).map { name, sum in
        Layer(
          name: name, channels: sum.layout.channels, positions: sum.layout.positions,
          quantiles: sum.mean(over: references.count))
      })
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
        values.start.update(from: picture, count: sum.count)
      } else {
        vitrine_transpose(picture, values.start, Int32(positions), Int32(channels))
      }
      vitrine_sort_channels(Int64(channels), Int64(positions), values.start, values.start, workspace.start)
      vitrine_axpy(values.start, sum.start, sum.count, 1)
    }
  }

  func mean(over count: Int) -> [Float] { sum.array.map { $0 / Float(count) } }
}
