import CKernels
import Network

/// VITAL's distribution matching (Görgün et al. 2025, algorithm 1): for each layer the mean over channels and
/// positions of (a − t[rank of a])², where t are the references' averaged quantiles, times the layer's weight.
/// The gradient flows through a alone.
final class SortMatching: Objective {
  /// One layer to match.
  struct Layer {
    let node: Graph.NodeID
    let weight: Float
    let statistics: ReferenceStatistics.Layer
  }

  let taps: [Graph.NodeID]
  private let plans: [Plan]

  /// A layer with its targets at a fixed address, and memory to turn tokens into channels.
  private struct Plan {
    let node: Graph.NodeID
    let weight: Float
    let layout: ChannelLayout
    let targets: FloatBuffer
    let channelValues: FloatBuffer
    let channelGradient: FloatBuffer
  }

  /// Layers of weight 0 are left out. The network runs with a batch of one.
  init(_ layers: [Layer], in graph: Graph) {
    plans = layers.filter { $0.weight != 0 }.map { layer in
      let layout = graph[layer.node].layout
      let scratch = layout.isPlanar ? 1 : layout.channels * layout.positions
      return Plan(
        node: layer.node, weight: layer.weight, layout: layout,
        targets: FloatBuffer(layer.statistics.quantiles),
        channelValues: FloatBuffer(count: scratch), channelGradient: FloatBuffer(count: scratch))
    }
    taps = plans.map(\.node)
  }

  func evaluate(in executor: Executor) -> Double {
    plans.reduce(0) { sum, plan in
      let value = start(of: executor.value(of: plan.node))
      let seed = start(of: executor.seed(of: plan.node))
      let (channels, positions) = (Int32(plan.layout.channels), Int32(plan.layout.positions))
      if plan.layout.isPlanar {
        return sum + vitrine_sort_match(channels, positions, value, plan.targets.start, plan.weight, seed)
      }
      vitrine_transpose(value, plan.channelValues.start, positions, channels)
      let loss = vitrine_sort_match(
        channels, positions, plan.channelValues.start, plan.targets.start, plan.weight,
        plan.channelGradient.start)
      vitrine_transpose(plan.channelGradient.start, seed, channels, positions)
      return sum + loss
    }
  }
}
