/// Operations that run as one: a main operation with the normalization, sum and activation that follow it.
struct Stage {
  /// The node whose operation is the main one.
  let main: Graph.NodeID
  /// The node whose value the stage makes.
  var output: Graph.NodeID
  /// A batch normalization folded into a convolution's weights.
  var norm: Operation.BatchNorm?
  /// A node whose value is added before the activation.
  var addend: Graph.NodeID?
  /// Whether max(·, 0) ends the stage.
  var relu = false

  /// The nodes that the main operation reads.
  func inputs(in graph: Graph) -> [Graph.NodeID] { graph[main].inputs }

  /// All nodes that the stage reads.
  func reads(in graph: Graph) -> [Graph.NodeID] { inputs(in: graph) + (addend.map { [$0] } ?? []) }
}

extension Graph {
  /// The nodes that taps depend on, taps included.
  func ancestors(of taps: [NodeID]) -> Set<NodeID> {
    var needed = Set(taps)
    for index in nodes.indices.reversed() where needed.contains(NodeID(index)) {
      needed.formUnion(nodes[index].inputs)
    }
    return needed
  }

  /// The stages that compute the taps, in order of evaluation. Nothing is fused across a tap.
  func stages(for taps: [NodeID]) -> [Stage] {
    let needed = ancestors(of: taps)
    var users: [NodeID: [NodeID]] = [:]
    for id in needed.sorted() { for input in self[id].inputs { users[input, default: []].append(id) } }
    var absorbed: Set<NodeID> = []
    var stages: [Stage] = []

    /// The one node that reads a value which nobody else needs.
    func follower(of id: NodeID) -> NodeID? {
      guard !taps.contains(id), let next = users[id], next.count == 1 else { return nil }
      return next.first.flatMap { absorbed.contains($0) ? nil : $0 }
    }

    for id in needed.sorted() where id != input && !absorbed.contains(id) {
      var stage = Stage(main: id, output: id)
      if self[id].operation.canNormalize, let next = follower(of: id),
        case .batchNorm(let norm) = self[next].operation
      {
        stage.norm = norm
        stage.output = next
        absorbed.insert(next)
      }
      if self[id].operation.canAdd, let next = follower(of: stage.output), case .add = self[next].operation {
        stage.addend = self[next].inputs.first { $0 != stage.output }
        if stage.addend != nil {
          stage.output = next
          absorbed.insert(next)
        }
      }
      if self[id].operation.canRectify, let next = follower(of: stage.output),
        case .relu = self[next].operation
      {
        stage.relu = true
        stage.output = next
        absorbed.insert(next)
      }
      stages.append(stage)
    }
    return stages.sorted { $0.output < $1.output }
  }
}

extension Operation {
  /// Whether its kernel can take a batch normalization that follows into its weights or its pass over the numbers.
  fileprivate var canNormalize: Bool {
    switch self {
    case .convolution, .concatenate: true
    default: false
    }
  }

  /// Whether its kernel can add another value on the way.
  fileprivate var canAdd: Bool {
    switch self {
    case .convolution, .linear: true
    case .scale(let operation): operation.shift == nil
    default: false
    }
  }

  /// Whether its kernel can end in max(·, 0).
  fileprivate var canRectify: Bool {
    switch self {
    case .convolution, .batchNorm, .add, .concatenate: true
    default: false
    }
  }
}
