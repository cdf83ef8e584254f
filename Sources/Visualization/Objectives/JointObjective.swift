import NeuralNetwork

/// The sum of objectives that read different taps, each with its weight in itself. Nothing needs adding up, so it
/// takes no memory beside theirs.
final class JointObjective: Objective {
  let taps: [Graph.NodeID]
  private let parts: [any Objective]

  /// The sum of any objectives: joint if they read different taps.
  static func sum(_ parts: [any Objective], in graph: Graph, batch: Int) -> any Objective {
    let taps = parts.flatMap(\.taps)
    if Set(taps).count == taps.count { return JointObjective(parts) }
    return WeightedSum(parts.map { (weight: 1, objective: $0) }, in: graph, batch: batch)
  }

  private init(_ parts: [any Objective]) {
    self.parts = parts
    taps = parts.flatMap(\.taps)
  }

  func evaluate(in executor: Executor) throws(NetworkError) -> Double {
    var loss = 0.0
    for part in parts { loss += try part.evaluate(in: executor) }
    return loss
  }
}
