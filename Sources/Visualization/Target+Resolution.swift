import Models
import Network

/// A target found in a network: where its activation is read.
struct ResolvedTarget: Sendable {
  /// The node whose value holds it.
  let node: Graph.NodeID
  /// One weight a channel of the node; a single 1 for a class or a channel.
  let weights: ChannelWeights
  /// The class, if it is one.
  let classIndex: Int?

  /// What a target picks from the channels.
  enum ChannelWeights: Sendable, Equatable {
    case channel(Int)
    case direction([Float])
  }
}

extension Target {
  /// Finds the target in a network. Throws ``VisualizationError`` if there is no such layer, channel or class.
  func resolved(in model: Model) throws(VisualizationError) -> ResolvedTarget {
    switch self {
    case .classLogit(let index):
      let count = model.graph[model.logits].shape.last ?? 0
      guard (0..<count).contains(index) else { throw .classOutOfRange(index, count: count) }
      return ResolvedTarget(node: model.logits, weights: .channel(index), classIndex: index)
    case .channel(let layer, let channel):
      let (node, channels) = try Self.layer(layer, in: model)
      guard (0..<channels).contains(channel) else {
        throw .channelOutOfRange(layer: layer, channel: channel, count: channels)
      }
      return ResolvedTarget(node: node, weights: .channel(channel), classIndex: nil)
    case .direction(let layer, let weights):
      let (node, channels) = try Self.layer(layer, in: model)
      guard weights.count == channels else {
        throw .invalidDirection(
          layer: layer, reason: "has \(weights.count) weights, but there are \(channels) channels")
      }
      guard weights.allSatisfy(\.isFinite), weights.contains(where: { $0 != 0 }) else {
        throw .invalidDirection(layer: layer, reason: "must have finite weights that aren't all zero")
      }
      return ResolvedTarget(node: node, weights: .direction(weights), classIndex: nil)
    }
  }

  private static func layer(
    _ name: String, in model: Model
  ) throws(VisualizationError) -> (node: Graph.NodeID, channels: Int) {
    guard let node = model.graph.node(named: name) else {
      throw .unknownLayer(name, known: model.graph.allNames)
    }
    guard node != model.graph.input else { throw .unsuitableLayer(name, reason: "it is the picture itself") }
    return (node, model.graph[node].layout.channels)
  }
}

/// How a node's value lies in memory: C×H×W maps hold a channel's positions together, T×D tokens hold a
/// position's channels together, and a vector has one position.
struct ChannelLayout: Equatable {
  let channels: Int
  let positions: Int
  /// Whether a channel's positions lie together.
  let isPlanar: Bool
}

extension Graph.Node {
  var layout: ChannelLayout {
    switch shape.count {
    case 3: ChannelLayout(channels: shape[0], positions: shape[1] * shape[2], isPlanar: true)
    case 2: ChannelLayout(channels: shape[1], positions: shape[0], isPlanar: false)
    default: ChannelLayout(channels: shape.reduce(1, *), positions: 1, isPlanar: true)
    }
  }
}
