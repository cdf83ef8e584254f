import NeuralNetwork

/// How a node's value lies in memory: C×H×W maps hold a channel's positions together, T×D tokens hold a
/// position's channels together, and a vector has one position.
struct ChannelLayout: Equatable {
  let channels: Int
  let positions: Int
  /// Whether a channel's positions lie together.
  let isPlanar: Bool

  /// The place of a channel's number at a position.
  func index(_ channel: Int, _ position: Int) -> Int {
    isPlanar ? channel * positions + position : position * channels + channel
  }
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
