import NeuralNetwork

/// The activation of a target, to be made large: the loss is its negative, averaged over the batch. See
/// ``TargetReader`` for what is read.
final class ActivationObjective: Objective {
  let taps: [Graph.NodeID]
  private let reader: TargetReader
  /// What each picture of the batch counts.
  private let shares: [Double]

  /// The mean over a batch.
  convenience init(_ target: ResolvedTarget, in graph: Graph, batch: Int) {
    self.init(target, in: graph, shares: [Double](repeating: 1 / Double(batch), count: batch))
  }

  /// The sum over a batch in which pictures count differently.
  init(_ target: ResolvedTarget, in graph: Graph, shares: [Double]) {
    reader = TargetReader(target, in: graph)
    taps = reader.taps
    self.shares = shares
  }

  func evaluate(in executor: Executor) -> Double {
    // What terms don't depend on is zero from the start and stays so; several terms may share numbers.
    for term in reader.terms {
      let seed = start(of: executor.seed(of: term.node))
      for picture in shares.indices { term.clear(seed + picture * term.count) }
    }
    var activation = 0.0
    for term in reader.terms {
      let value = start(of: executor.value(of: term.node))
      let seed = start(of: executor.seed(of: term.node))
      for (picture, share) in shares.enumerated() where share != 0 {
        let first = picture * term.count
        let factor = share * Double(term.weight)
        activation += factor * term.activation(value + first)
        term.addSlope(-factor, at: value + first, to: seed + first)
      }
    }
    return -activation
  }
}
