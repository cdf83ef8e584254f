import Foundation
import Network

/// −log softmax of a class, averaged over the batch.
final class CrossEntropyObjective: Objective {
  let taps: [Graph.NodeID]
  private let logits: Graph.NodeID
  private let classIndex: Int
  private let classes: Int
  private let batch: Int

  init(classIndex: Int, logits: Graph.NodeID, in graph: Graph, batch: Int) {
    taps = [logits]
    self.logits = logits
    self.classIndex = classIndex
    self.batch = batch
    classes = graph[logits].layout.channels
  }

  func evaluate(in executor: Executor) -> Double {
    let value = executor.value(of: logits)
    let seed = executor.seed(of: logits)
    var loss = 0.0
    for picture in 0..<batch {
      let range = picture * classes..<(picture + 1) * classes
      let normalizer = logSumExp(UnsafeBufferPointer(rebasing: value[range]))
      loss += normalizer - Double(value[range.lowerBound + classIndex])
      for index in range { seed[index] = Float(exp(Double(value[index]) - normalizer) / Double(batch)) }
      seed[range.lowerBound + classIndex] -= 1 / Float(batch)
    }
    return loss / Double(batch)
  }
}

/// log Σ exp, with the greatest value taken out first so that nothing overflows.
func logSumExp(_ values: UnsafeBufferPointer<Float>) -> Double {
  let greatest = Double(values.max() ?? 0)
  return greatest + log(values.reduce(0) { $0 + exp(Double($1) - greatest) })
}
