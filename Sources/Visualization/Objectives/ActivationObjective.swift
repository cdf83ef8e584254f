import CKernels
import Network

/// The activation of a class, channel, neuron or direction, to be made large: the loss is its negative, averaged
/// over the batch. Inner layers are reduced over positions.
final class ActivationObjective: Objective {
  /// How the positions of a map or sequence count.
  enum Reduction: Sendable, Equatable {
    case mean
    case sum
    /// One position only: a neuron, or a token.
    case position(Int)
  }

  let taps: [Graph.NodeID]
  private let target: ResolvedTarget
  private let layout: ChannelLayout
  private let batch: Int
  private let reduction: Reduction

  init(_ target: ResolvedTarget, in graph: Graph, batch: Int, reduction: Reduction = .mean) {
    taps = [target.node]
    self.target = target
    self.batch = batch
    self.reduction = reduction
    layout = graph[target.node].layout
  }

  func evaluate(in executor: Executor) -> Double {
    let value = start(of: executor.value(of: target.node))
    let seed = start(of: executor.seed(of: target.node))
    var activation = 0.0
    let share: Float
    let positions: Range<Int>
    switch reduction {
    case .mean: (share, positions) = (1 / Float(layout.positions * batch), 0..<layout.positions)
    case .sum: (share, positions) = (1 / Float(batch), 0..<layout.positions)
    case .position(let index): (share, positions) = (1 / Float(batch), index..<index + 1)
    }
    let (channelStep, positionStep) = layout.isPlanar ? (layout.positions, 1) : (1, layout.channels)
    // What other channels' seeds hold is zero from the start and stays so.
    func add(channel: Int, weight: Float) {
      for picture in 0..<batch {
        let first = picture * layout.channels * layout.positions + channel * channelStep
        for position in positions {
          let index = first + position * positionStep
          activation += Double(share * weight) * Double(value[index])
          seed[index] = -share * weight
        }
      }
    }
    switch target.weights {
    case .channel(let channel): add(channel: channel, weight: 1)
    case .direction(let weights):
      for (channel, weight) in weights.enumerated() where weight != 0 {
        add(channel: channel, weight: weight)
      }
    }
    return -activation
  }
}
