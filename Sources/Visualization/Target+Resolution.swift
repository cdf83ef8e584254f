import Models
import NeuralNetwork

/// A target found in a network: where its activation is read.
struct ResolvedTarget: Sendable {
  /// A term with the node that holds it.
  struct Term: Sendable {
    let weight: Float
    let node: Graph.NodeID
    let quantity: Quantity
    /// The one position that counts; `nil` for the mean over all.
    let position: Int?
    /// The node's extents in the network that the position belongs to.
    let shape: [Int]
  }

  /// What is read of a node's channels.
  enum Quantity: Sendable, Equatable {
    /// The sum of channels with their weights.
    case channels([WeightedChannel])
    /// The Euclidean norm of some channels.
    case norm(Range<Int>)
    /// The log softmax of a channel.
    case logProbability(Int)
  }

  struct WeightedChannel: Sendable, Equatable {
    let channel: Int
    let weight: Float
  }

  let terms: [Term]
  /// The class, if the target is the score or the probability of one: methods with a loss of their own for classes
  /// then use it.
  let classIndex: Int?

  /// The nodes whose values are read, each once.
  var taps: [Graph.NodeID] { Set(terms.map(\.node)).sorted() }
}

extension Target {
  /// Finds the target in a network. Throws ``VisualizationError`` if there is no such layer, channel, position or class,
  /// and for sums without sense.
  func resolved(in model: Model) throws(VisualizationError) -> ResolvedTarget {
    guard !terms.isEmpty else { throw .invalidSum(reason: "has no terms") }
    var resolved: [ResolvedTarget.Term] = []
    for term in terms {
      guard term.weight.isFinite, term.weight != 0 else {
        throw .invalidSum(reason: "has a term of weight \(term.weight); weights are finite and not 0")
      }
      resolved.append(try term.unit.resolved(in: model, weight: term.weight))
    }
    return ResolvedTarget(terms: resolved, classIndex: classIndex)
  }
}

extension Target.Unit {
  fileprivate func resolved(
    in model: Model, weight: Float
  ) throws(VisualizationError) -> ResolvedTarget.Term {
    switch self {
    case .classLogit(let index):
      try Self.check(class: index, in: model)
      return .init(
        weight: weight, node: model.logits, quantity: .channels([.init(channel: index, weight: 1)]),
        position: nil, shape: model.graph[model.logits].shape)
    case .classProbability(let index):
      try Self.check(class: index, in: model)
      return .init(
        weight: weight, node: model.logits, quantity: .logProbability(index), position: nil,
        shape: model.graph[model.logits].shape)
    case .layer(let layer, let channels, let position):
      guard let node = model.graph.node(named: layer) else {
        throw .unknownLayer(layer, known: model.graph.allNames)
      }
      guard node != model.graph.input else {
        throw .unsuitableLayer(layer, reason: "it is the picture itself")
      }
      let layout = model.graph[node].layout
      if let position, !(0..<layout.positions).contains(position) {
        throw .positionOutOfRange(layer: layer, position: position, count: layout.positions)
      }
      return .init(
        weight: weight, node: node, quantity: try channels.quantity(of: layer, count: layout.channels),
        position: position, shape: model.graph[node].shape)
    }
  }

  private static func check(class index: Int, in model: Model) throws(VisualizationError) {
    let count = model.graph[model.logits].shape.last ?? 0
    guard (0..<count).contains(index) else { throw .classOutOfRange(index, count: count) }
  }
}

extension Target.Channels {
  /// What is read of a layer with so many channels.
  fileprivate func quantity(
    of layer: String, count: Int
  ) throws(VisualizationError) -> ResolvedTarget.Quantity {
    switch self {
    case .channel(let channel):
      guard (0..<count).contains(channel) else {
        throw .channelOutOfRange(layer: layer, channel: channel, count: count)
      }
      return .channels([.init(channel: channel, weight: 1)])
    case .head(let channels):
      guard channels.lowerBound >= 0, channels.upperBound <= count, !channels.isEmpty else {
        throw .channelOutOfRange(
          layer: layer, channel: max(channels.lowerBound, channels.upperBound - 1), count: count)
      }
      return .norm(channels)
    case .direction(let weights):
      guard weights.count == count else {
        throw .invalidDirection(
          layer: layer, reason: "has \(weights.count) weights, but there are \(count) channels")
      }
      guard weights.allSatisfy(\.isFinite), weights.contains(where: { $0 != 0 }) else {
        throw .invalidDirection(layer: layer, reason: "must have finite weights that aren't all zero")
      }
      return .channels(
        weights.indices.filter { weights[$0] != 0 }.map { .init(channel: $0, weight: weights[$0]) })
    }
  }
}
