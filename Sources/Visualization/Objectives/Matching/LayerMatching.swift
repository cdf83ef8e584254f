import CKernels
import NeuralNetwork

/// What VITAL makes small: for each layer the distance of its channels' activations from the distributions that natural
/// pictures have there, times the layer's weight (Görgün et al. 2025, section 3.1).
final class LayerMatching: Objective {
  /// One layer to match.
  struct Layer {
    let node: Graph.NodeID
    let weight: Float
    let statistics: ReferenceStatistics.Layer
  }

  let taps: [Graph.NodeID]
  private let plans: [Plan]

  /// A layer with its distance, and memory to turn tokens into channels.
  private struct Plan {
    let node: Graph.NodeID
    let weight: Float
    let layout: ChannelLayout
    let distance: any ChannelDistance
    let channelValues: FloatBuffer
    let channelGradient: FloatBuffer
  }

  /// Layers of weight 0 are left out. The network runs with a batch of one.
  init(_ layers: [Layer], by matching: Matching, in graph: Graph) {
    plans = layers.filter { $0.weight != 0 }.map { layer in
      let layout = graph[layer.node].layout
      let scratch = layout.isPlanar ? 1 : layout.channels * layout.positions
      return Plan(
        node: layer.node, weight: layer.weight, layout: layout,
        distance: matching.distance(to: layer.statistics),
        channelValues: FloatBuffer(count: scratch), channelGradient: FloatBuffer(count: scratch))
    }
    taps = plans.map(\.node)
  }

  func evaluate(in executor: Executor) -> Double {
    plans.reduce(0) { sum, plan in
      let value = start(of: executor.value(of: plan.node))
      let seed = start(of: executor.seed(of: plan.node))
      let weight = Double(plan.weight)
      if plan.layout.isPlanar {
        return sum + weight * plan.distance.evaluate(value, weight: plan.weight, gradient: seed)
      }
      let (channels, positions) = (Int32(plan.layout.channels), Int32(plan.layout.positions))
      vitrine_transpose(value, plan.channelValues.start, positions, channels)
      let loss = plan.distance.evaluate(
        plan.channelValues.start, weight: plan.weight, gradient: plan.channelGradient.start)
      vitrine_transpose(plan.channelGradient.start, seed, channels, positions)
      return sum + weight * loss
    }
  }
}
