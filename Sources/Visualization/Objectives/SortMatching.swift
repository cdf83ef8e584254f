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
    /// What the sort needs.
    let workspace: FloatBuffer
  }

  /// Layers of weight 0 are left out. The network runs with a batch of one.
  init(_ layers: [Layer], in graph: Graph) {
    plans = layers.filter { $0.weight != 0 }.map { layer in
      let layout = graph[layer.node].layout
      let scratch = layout.isPlanar ? 1 : layout.channels * layout.positions
      return Plan(
        node: layer.node, weight: layer.weight, layout: layout,
        targets: FloatBuffer(layer.statistics.quantiles),
        channelValues: FloatBuffer(count: scratch), channelGradient: FloatBuffer(count: scratch),
        workspace: .sorting(layout))
    }
    taps = plans.map(\.node)
  }

  func evaluate(in executor: Executor) -> Double {
    plans.reduce(0) { sum, plan in
      let value = start(of: executor.value(of: plan.node))
      let seed = start(of: executor.seed(of: plan.node))
      if plan.layout.isPlanar { return sum + match(plan, value, seed) }
      let (channels, positions) = (Int32(plan.layout.channels), Int32(plan.layout.positions))
      vitrine_transpose(value, plan.channelValues.start, positions, channels)
      let loss = match(plan, plan.channelValues.start, plan.channelGradient.start)
      vitrine_transpose(plan.channelGradient.start, seed, channels, positions)
      return sum + loss
    }
  }

  /// The weighted loss of a layer whose channels lie one after another.
  private func match(
    _ plan: Plan, _ values: UnsafePointer<Float>, _ gradient: UnsafeMutablePointer<Float>
  ) -> Double {
    let loss = vitrine_sort_match(
      Int64(plan.layout.channels), Int64(plan.layout.positions), values, plan.targets.start, plan.weight, 0,
      gradient, plan.workspace.start)
    return Double(plan.weight) * loss
  }
}

extension FloatBuffer {
  /// Memory in which a layer's channels are sorted.
  static func sorting(_ layout: ChannelLayout) -> FloatBuffer {
    let bytes = vitrine_sort_workspace(Int64(layout.channels), Int64(layout.positions))
    return FloatBuffer(count: max(1, (Int(bytes) + 3) / 4))
  }
}
