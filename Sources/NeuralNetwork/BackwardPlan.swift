import CKernels

/// The way back from a set of seeds to the input, planned.
///
/// Each value that lies between a seed and the input has one gradient buffer, in the value's own layout. The
/// first contribution writes it, later ones add. When a stage's turn comes, its gradient is complete.
struct BackwardPlan {
  private(set) var steps: [Step] = []

  private let forward: ForwardPlan
  private var pool: StoragePool
  private var gradients: [Graph.NodeID: Value] = [:]

  /// Plans the way from `seeds` (row-major, by node) into `destination`, the input's gradient.
  init(
    _ forward: ForwardPlan, seeds: [Graph.NodeID: Value], destination: Value
  ) throws(NetworkError) {
    self.forward = forward
    pool = forward.pool
    let graph = forward.graph
    for (stage, kernel) in zip(forward.stages, forward.kernels).reversed() {
      let node = graph[stage.output].name
      if let seed = seeds[stage.output] { try contribute(seed, to: stage.output, node: node) }
      guard let gradient = gradients.removeValue(forKey: stage.output) else { continue }
      try follow(stage, kernel, gradient, destination)
      if !gradients.values.contains(where: { $0.storage === gradient.storage }),
        gradient.storage !== destination.storage
      {
        pool.release(gradient.storage)
      }
    }
    if let seed = seeds[graph.input] { try contribute(seed, to: graph.input, node: graph[graph.input].name) }
    try finish(destination)
  }

  /// Carries a stage's gradient to everything that the stage reads.
  private mutating func follow(
    _ stage: Stage, _ kernel: any Kernel, _ gradient: Value, _ destination: Value
  ) throws(NetworkError) {
    let graph = forward.graph
    let node = graph[stage.output].name
    if stage.relu, !kernel.rectifiesGradient, let output = forward.values[stage.output] {
      steps.append(
        Step(
          node, "gradient relu",
          always: { vitrine_relu_mask(Int64(output.count), output.start, gradient.start) }))
    }
    if case .add = graph[stage.main].operation {
      for id in stage.inputs(in: graph) { try passOn(gradient, to: id, node: node) }
      return
    }
    for (index, id) in stage.inputs(in: graph).enumerated() {
      let (target, accumulate) = target(of: id, destination)
      let layout = forward.inputExtents(id, of: stage).layout
      if layout == target.layout {
        steps.append(try kernel.backward(index, from: gradient, into: target, accumulate: accumulate))
      } else {
        let part = pool.take(target.extents.with(layout))
        steps.append(try kernel.backward(index, from: gradient, into: part, accumulate: false))
        steps.append(try .transfer(part, to: target, accumulate: accumulate, node: node))
        pool.release(part.storage)
      }
    }
    if let addend = stage.addend { try passOn(gradient, to: addend, node: node) }
  }

  /// The buffer of a node's gradient, and whether it already holds a contribution.
  private mutating func target(of id: Graph.NodeID, _ destination: Value) -> (Value, accumulate: Bool) {
    if let existing = gradients[id] { return (existing, true) }
    let extents = forward.values[id]?.extents ?? destination.extents
    let made = id == forward.graph.input ? destination : pool.take(extents)
    gradients[id] = made
    return (made, false)
  }

  /// Gives a finished gradient to a node that was only added: the buffer itself if the node has none yet.
  private mutating func passOn(_ gradient: Value, to id: Graph.NodeID, node: String) throws(NetworkError) {
    let taken = gradients.values.contains { $0.storage === gradient.storage }
    if gradients[id] == nil, id != forward.graph.input, !taken,
      gradient.layout == forward.values[id]?.layout
    {
      gradients[id] = gradient
    } else {
      try contribute(gradient, to: id, node: node)
    }
  }

  private mutating func contribute(_ source: Value, to id: Graph.NodeID, node: String) throws(NetworkError) {
    let extents = forward.values[id]?.extents ?? source.extents
    let existing = gradients[id]
    let target = existing ?? pool.take(extents)
    gradients[id] = target
    steps.append(try .transfer(source, to: target, accumulate: existing != nil, node: node))
  }

  private mutating func finish(_ destination: Value) throws(NetworkError) {
    let node = "input"
    guard let gradient = gradients[forward.graph.input] else {
      steps.append(Step(node, always: { vitrine_zero(Int64(destination.count), destination.start) }))
      return
    }
    if gradient.storage !== destination.storage {
      steps.append(try .transfer(gradient, to: destination, accumulate: false, node: node))
    }
  }
}
