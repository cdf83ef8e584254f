import Foundation
import NeuralNetwork

/// −log softmax of a class, averaged over the batch, times a weight.
final class CrossEntropyObjective: Objective {
  let taps: [Graph.NodeID]
  private let logits: Graph.NodeID
  /// The class of each picture of the batch.
  private let aims: [Int]
  private let classes: Int
  private let weight: Double

  /// One class for all pictures.
  convenience init(classIndex: Int, logits: Graph.NodeID, in graph: Graph, batch: Int) {
    self.init(aims: [Int](repeating: classIndex, count: batch), logits: logits, in: graph)
  }

  /// A class for each picture of the batch.
  init(aims: [Int], logits: Graph.NodeID, in graph: Graph, weight: Double = 1) {
    taps = [logits]
    self.logits = logits
    self.aims = aims
    self.weight = weight
    classes = graph[logits].layout.channels
  }

  func evaluate(in executor: Executor) -> Double {
    let value = executor.value(of: logits)
    let seed = executor.seed(of: logits)
    let share = weight / Double(aims.count)
    var loss = 0.0
    for (picture, aim) in aims.enumerated() {
      let range = picture * classes..<(picture + 1) * classes
      let normalizer = logSumExp(UnsafeBufferPointer(rebasing: value[range]))
      loss += normalizer - Double(value[range.lowerBound + aim])
      for index in range { seed[index] = Float(share * exp(Double(value[index]) - normalizer)) }
      seed[range.lowerBound + aim] -= Float(share)
    }
    return share * loss
  }
}

/// log Σ exp, with the greatest value taken out first so that nothing overflows.
func logSumExp(_ values: UnsafeBufferPointer<Float>) -> Double {
  let greatest = Double(values.max() ?? 0)
  return greatest + log(values.reduce(0) { $0 + exp(Double($1) - greatest) })
}
