import Models
import NeuralNetwork
import Relevance

/// Sends a class's relevance down along a circuit's channels, in one picture after another. Planned once; one thread at a
/// time.
final class CircuitTracer {
  /// A channel of a circuit.
  struct Step: Equatable {
    let channel: Int
    /// The channels of the level above, by their place there, whose relevance it takes part in; the class is 0.
    var uppers: Set<Int>
  }

  private let model: Model
  private let classIndex: Int
  /// From each level to the next, the class first.
  private let propagators: [RelevancePropagator]
  private let levels: [Graph.NodeID]

  init(
    _ model: Model, class classIndex: Int, levels: [Graph.NodeID], rules: RelevanceComposite,
    options: Executor.Options
  ) throws {
    self.model = model
    self.classIndex = classIndex
    self.levels = levels
    propagators = try zip([model.logits] + levels, levels).map { upper, lower in
      try RelevancePropagator(
        graph: model.graph, composite: rules, from: upper, to: [lower], bounds: PictureBounds(model.input),
        options: options)
    }
  }

  /// The relevance of all channels of the level below the last of `path`, for each of that one's channels: how much of
  /// what it has for the class comes from there. With an empty path, that of the first level for the class.
  func trace(_ prepared: [Float], along path: [[Step]]) throws -> [[Double]] {
    var picture = prepared
    guard picture.count == model.input.count else {
      throw NetworkError.shape(
        node: "input",
        reason: "a picture has \(picture.count) numbers, and \(model.name) takes \(model.input.count)")
    }
    model.input.normalize(&picture)
    for propagator in propagators.prefix(path.count + 1) {
      _ = propagator.input.update(fromContentsOf: picture)
      try propagator.forward()
    }
    try propagators[0].propagate { value, relevance in relevance[classIndex] = value[classIndex] }
    var arrived = [Array(propagators[0].relevance(of: levels[0]))]
    for (level, steps) in path.enumerated() {
      arrived = try steps.map { step in
        let places = model.graph.places(of: step.channel, in: levels[level])
        try propagators[level + 1].propagate { _, relevance in
          for place in places {
            relevance[place] = step.uppers.reduce(0) { $0 + arrived[$1][place] }
          }
        }
        return Array(propagators[level + 1].relevance(of: levels[level + 1]))
      }
    }
    return arrived.map { sums($0, in: levels[path.count]) }
  }

  /// What each channel has over all positions.
  private func sums(_ relevance: [Float], in layer: Graph.NodeID) -> [Double] {
    (0..<model.graph.channelCount(of: layer)).map { channel in
      model.graph.places(of: channel, in: layer).reduce(0) { $0 + Double(relevance[$1]) }
    }
  }
}

extension Graph {
  /// Channels of a map, or numbers of each token or of a vector.
  func channelCount(of node: NodeID) -> Int {
    let shape = self[node].shape
    return (shape.count == 3 ? shape.first : shape.last) ?? 0
  }

  /// Where a channel's numbers lie in a picture's value of a node.
  func places(of channel: Int, in node: NodeID) -> StrideTo<Int> {
    let shape = self[node].shape
    if shape.count == 3 {
      let area = shape[1] * shape[2]
      return stride(from: channel * area, to: (channel + 1) * area, by: 1)
    }
    return stride(from: channel, to: shape.reduce(1, *), by: shape.last ?? 1)
  }
}
