import Models
import NeuralNetwork
import Relevance

/// What of a network's inner activations serves a target, in one picture after another. Planned once; one thread at a
/// time; a run takes no memory.
final class RelevanceTrace {
  private let propagator: RelevancePropagator
  private let reader: TargetReader
  private let weighting: RelevanceWeighting

  /// Plans the way from a target down to layers. Throws `NetworkError` for a layer that doesn't lead to it, and
  /// ``VisualizationError/unsupported(method:reason:)`` for a sum over several layers.
  init(
    _ target: ResolvedTarget, in model: Model, by weighting: RelevanceWeighting, method: String,
    layers: [Graph.NodeID], options: Executor.Options
  ) throws {
    reader = TargetReader(target, in: model.graph)
    self.weighting = weighting
    guard let start = reader.relevanceNode else {
      throw VisualizationError.unsupported(
        method: method,
        reason: "relevance starts from one layer, and the target is a sum over several; set relevance to none"
      )
    }
    propagator = try RelevancePropagator(
      graph: model.graph, composite: weighting.rules, from: start, to: layers,
      bounds: PictureBounds(model.input), options: options)
  }

  /// Looks at a picture, normalized, C×H×W.
  func run(_ picture: UnsafePointer<Float>) throws(NetworkError) {
    if let input = propagator.input.baseAddress {
      input.update(from: picture, count: propagator.input.count)
    }
    try propagator.forward()
    try propagator.propagate { value, relevance in
      reader.writeRelevance(weighting.start, of: value, to: relevance)
      // A silent neuron has no activation to send back, and would leave the picture without a gradient for ever: then each
      // position counts alike. Ours; the authors' code stands still.
      if relevance.allSatisfy({ $0 == 0 }) { reader.writeRelevance(.slope, of: value, to: relevance) }
    }
  }

  /// The relevance of a layer's numbers in the last picture, laid out as its value.
  func relevance(of layer: Graph.NodeID) -> UnsafePointer<Float> {
    start(of: propagator.relevance(of: layer))
  }

  /// Whether relevance below zero counts as none: that of guided backpropagation (the authors' code).
  var isPositive: Bool { weighting.kind == .guided }
}
