import CKernels
import NeuralNetwork

/// Several objectives at once, each with a weight.
final class WeightedSum: Objective {
  let taps: [Graph.NodeID]
  private let terms: [(weight: Float, objective: any Objective)]
  /// One buffer for each tap's gradient while the terms are summed.
  private let sums: [Graph.NodeID: FloatBuffer]

  init(_ terms: [(weight: Float, objective: any Objective)], in graph: Graph, batch: Int) {
    self.terms = terms
    taps = Set(terms.flatMap(\.objective.taps)).sorted()
    var sums: [Graph.NodeID: FloatBuffer] = [:]
    for tap in taps { sums[tap] = FloatBuffer(count: batch * graph[tap].shape.reduce(1, *)) }
    self.sums = sums
  }

  func evaluate(in executor: Executor) throws(NetworkError) -> Double {
    for sum in sums.values { sum.clear() }
    var loss = 0.0
    for (weight, objective) in terms {
      // A term may leave numbers alone that it takes to be zero.
      for tap in objective.taps { executor.seed(of: tap).update(repeating: 0) }
      loss += try Double(weight) * objective.evaluate(in: executor)
      for tap in objective.taps {
        guard let sum = sums[tap] else { continue }
        vitrine_axpy(start(of: executor.seed(of: tap)), sum.start, sum.count, weight)
      }
    }
    for (tap, sum) in sums { start(of: executor.seed(of: tap)).update(from: sum.start, count: sum.count) }
    return loss
  }
}
