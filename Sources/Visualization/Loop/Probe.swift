import Foundation
import Network

/// Reads how strongly a target is activated.
struct Probe {
  private let target: ResolvedTarget
  private let layout: ChannelLayout
  private let batch: Int

  init(_ target: ResolvedTarget, in graph: Graph, batch: Int) {
    self.target = target
    self.batch = batch
    layout = graph[target.node].layout
  }

  /// The mean over the batch of the activation (averaged over positions) and of the softmax probability, which
  /// only classes have. The target's node is one of the executor's taps.
  func read(_ executor: Executor) -> (activation: Double, probability: Double?) {
    let values = executor.value(of: target.node)
    let count = layout.channels * layout.positions
    var activation = 0.0
    var probability = 0.0
    for picture in 0..<batch {
      let value = UnsafeBufferPointer(rebasing: values[picture * count..<(picture + 1) * count])
      activation += self.activation(value)
      if let index = target.classIndex { probability += exp(Double(value[index]) - logSumExp(value)) }
    }
    let share = 1 / Double(batch)
    return (share * activation, target.classIndex.map { _ in share * probability })
  }

  private func activation(_ value: UnsafeBufferPointer<Float>) -> Double {
    let (channelStep, positionStep) = layout.isPlanar ? (layout.positions, 1) : (1, layout.channels)
    func mean(_ channel: Int) -> Double {
      var sum = 0.0
      for position in 0..<layout.positions {
        sum += Double(value[channel * channelStep + position * positionStep])
      }
      return sum / Double(layout.positions)
    }
    switch target.weights {
    case .channel(let channel): return mean(channel)
    case .direction(let weights):
      return weights.enumerated().reduce(0) { $0 + Double($1.element) * mean($1.offset) }
    }
  }
}
