import Foundation
import NeuralNetwork

/// Reads how strongly a target is activated in a batch.
struct Probe {
  private let reader: TargetReader
  private let graph: Graph
  private let batch: Int

  init(_ target: ResolvedTarget, in graph: Graph, batch: Int) {
    reader = TargetReader(target, in: graph)
    self.graph = graph
    self.batch = batch
  }

  /// The mean over the batch of the target's activation and of the softmax probability, which only classes have. The
  /// target's nodes are among the executor's taps.
  func read(_ executor: Executor) -> (activation: Double, probability: Double?) {
    var activation = 0.0
    var probability = 0.0
    for picture in 0..<batch {
      let value = { (tap: Graph.NodeID) in
        let count = graph[tap].shape.reduce(1, *)
        return UnsafeBufferPointer(rebasing: executor.value(of: tap)[picture * count..<(picture + 1) * count])
      }
      activation += reader.activation(value)
      if let index = reader.classIndex, let logits = reader.taps.first {
        probability += exp(Double(value(logits)[index]) - logSumExp(value(logits)))
      }
    }
    let share = 1 / Double(batch)
    return (share * activation, reader.classIndex.map { _ in share * probability })
  }
}
