import CKernels
import Models
import NeuralNetwork

/// What VITAL makes small for inner neurons: for each layer the distance between the distributions of activation ×
/// relevance in the picture and in natural ones, each channel by its importance, times the layer's weight (Görgün et al.
/// 2025, section 3.2). The relevance of the present picture is found anew in each step, and counts as constant.
///
/// Per channel the loss is the mean over references n of impₙ·(f − t)², so that a channel counts by its mean importance; it
/// goes into f and t as its root.
final class RelevanceMatching: Objective {
  let taps: [Graph.NodeID]
  private let trace: RelevanceTrace
  private let plans: [Plan]

  private struct Plan {
    let node: Graph.NodeID
    let weight: Float
    let features: RelevantFeatures
    let distance: any ChannelDistance
    let gradient: FloatBuffer
  }

  /// Layers of weight 0 are left out. The statistics were measured with relevance. The network runs with a batch of one.
  init(_ layers: [LayerMatching.Layer], by matching: Matching, trace: RelevanceTrace, in graph: Graph) {
    self.trace = trace
    plans = layers.filter { $0.weight != 0 }.map { layer in
      let layout = graph[layer.node].layout
      let roots = layer.statistics.importance.map { $0.squareRoot() }
      return Plan(
        node: layer.node, weight: layer.weight, features: RelevantFeatures(layout, roots: roots),
        distance: matching.distance(to: layer.statistics.scaled(by: roots)),
        gradient: FloatBuffer(count: layout.channels * layout.positions))
    }
    taps = plans.map(\.node)
  }

  func evaluate(in executor: Executor) throws(NetworkError) -> Double {
    try trace.run(UnsafePointer(start(of: executor.input)))
    var loss = 0.0
    for plan in plans {
      plan.features.take(
        start(of: executor.value(of: plan.node)), trace.relevance(of: plan.node), isPositive: trace.isPositive
      )
      loss +=
        Double(plan.weight)
        * plan.distance.evaluate(
          plan.features.values.start, weight: plan.weight, gradient: plan.gradient.start)
      plan.features.pullBack(plan.gradient, to: start(of: executor.seed(of: plan.node)))
    }
    return loss
  }
}

extension ReferenceStatistics.Layer {
  /// The same with each channel's quantiles times a factor.
  fileprivate func scaled(by factors: [Float]) -> Self {
    Self(
      name: name, channels: channels, positions: positions,
      quantiles: quantiles.enumerated().map { $1 * factors[$0 / positions] }, importance: importance)
  }
}
