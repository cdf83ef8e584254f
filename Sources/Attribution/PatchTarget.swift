public import Network

/// What patches are searched for.
public enum PatchTarget: Sendable, Hashable {
  /// A channel of a layer, averaged over positions.
  case channel(Graph.NodeID, Int)
  /// A direction in a layer's channels: the dot product, averaged over positions.
  case direction(Graph.NodeID, [Float])

  /// The layer.
  public var node: Graph.NodeID {
    switch self {
    case .channel(let node, _), .direction(let node, _): node
    }
  }

  /// The mean activation, given a layer's value: C×H×W, T×D, or a vector.
  func activation(_ value: UnsafeBufferPointer<Float>, shape: [Int]) -> Double {
    let isMap = shape.count == 3
    let channels = isMap ? shape[0] : shape.last ?? 1
    let positions = value.count / channels
    let (channelStep, positionStep) = isMap ? (positions, 1) : (1, channels)
    func mean(_ channel: Int) -> Double {
      var sum = 0.0
      for position in 0..<positions { sum += Double(value[channel * channelStep + position * positionStep]) }
      return sum / Double(positions)
    }
    switch self {
    case .channel(_, let channel): return mean(channel)
    case .direction(_, let weights):
      return weights.indices.reduce(0) { $0 + (weights[$1] == 0 ? 0 : Double(weights[$1]) * mean($1)) }
    }
  }
}
