import CKernels
public import NeuralNetwork

/// Layer-wise relevance propagation through a network: from one node back to others, each operation by its rule.
///
/// Everything is planned once, for a batch size; a run then only computes. A propagator belongs to one thread at a time.
///
/// Sources: Bach et al. 2015, Montavon et al. 2019, Achtibat et al. 2024 for the rules; Anders et al. 2021 ("Software for
/// dataset-wide XAI: from local explanations to global insights with Zennit, CoRelAy, and ViRelAy") for composites and
/// canonization.
public final class RelevancePropagator {
  /// The pictures, N×C×H×W in row-major order; fill them before ``forward()``.
  public var input: UnsafeMutableBufferPointer<Float> { executor.input }
  /// How many pictures a run takes.
  public let batch: Int
  /// The rules.
  public let composite: RelevanceComposite

  private let ids: [Graph.NodeID: Graph.NodeID]
  private let start: Graph.NodeID
  private let executor: Executor
  /// The way back in order: a stage, the relevance that it reads, and those that it adds to.
  private let steps: [(stage: any RelevanceStage, own: Block, inputs: [UnsafeMutablePointer<Float>?])]
  private let blocks: [Graph.NodeID: Block]

  /// Plans the way back.
  ///
  /// - Parameters:
  ///   - start: The node whose relevance is given.
  ///   - ends: The nodes whose relevance is asked for, such as the picture (`graph.input`) and layers before `start`.
  ///   - bounds: What a picture's numbers lie between; for the box rule.
  /// - Throws: ``NetworkError`` if a node can't be planned, or an end doesn't lead to the start.
  public init(
    graph whole: Graph, composite: RelevanceComposite, from start: Graph.NodeID, to ends: [Graph.NodeID],
    batch: Int = 1, bounds: PictureBounds, options: Executor.Options = .init()
  ) throws(NetworkError) {
    let folded =
      composite.foldsNormalizations
      ? try whole.folded()
      : Graph.Folded(graph: whole, ids: Dictionary(uniqueKeysWithValues: whole.ids.map { ($0, $0) }))
    let graph = folded.graph
    (self.batch, self.composite, ids) = (batch, composite, folded.ids)
    guard let from = folded.ids[start] else { throw .shape(node: whole[start].name, reason: "has no place") }
    self.start = from
    let route = graph.route(from: from, to: ends.compactMap { folded.ids[$0] })
    for end in ends {
      guard let id = folded.ids[end], route.contains(id) else {
        throw .shape(
          node: whole[end].name, reason: "doesn't lead to \(whole[start].name), whose relevance is given")
      }
    }
    // The start's own rule isn't asked for if it is an end itself.
    let nodes = route.filter { graph[$0].inputs.contains(where: route.contains) }.sorted(by: >)
    let taps = Set(nodes.flatMap { graph[$0].inputs } + nodes + [from]).sorted()
    let executor = try Executor(graph: graph, batch: batch, taps: taps, gradient: false, options: options)
    self.executor = executor
    let blocks = Dictionary(
      uniqueKeysWithValues: route.map { ($0, Block(count: batch * graph[$0].shape.reduce(1, *))) })
    self.blocks = blocks
    let first = graph.firstWeights
    var steps: [(stage: any RelevanceStage, own: Block, inputs: [UnsafeMutablePointer<Float>?])] = []
    for id in nodes {
      let node = graph[id]
      guard let value = executor.value(of: id).baseAddress, let own = blocks[id] else { continue }
      let context = RelevanceContext(
        node: node, batch: batch, options: options,
        inputs: node.inputs.compactMap { UnsafePointer(executor.value(of: $0).baseAddress) }, value: value,
        inputShapes: node.inputs.map { graph[$0].shape },
        isNonNegative: node.inputs.first.map(graph.isNonNegative) ?? false, bounds: bounds)
      let stage = try composite.stage(for: context, isFirst: id == first)
      steps.append((stage, own, node.inputs.map { blocks[$0]?.start }))
    }
    self.steps = steps
  }

  /// Runs the network.
  public func forward() throws(NetworkError) { try executor.forward() }

  /// The start's value, N×…, row-major, after ``forward()``.
  public var value: UnsafeBufferPointer<Float> { executor.value(of: start) }

  /// Sends relevance back. `relevance` is laid out as ``value``.
  public func propagate(_ relevance: [Float]) throws(NetworkError) {
    precondition(relevance.count == value.count, "relevance is given for each number of the start's value")
    try propagate { _, start in _ = start.update(fromContentsOf: relevance) }
  }

  /// Sends relevance back that `write` gives, from the start's value into as many zeros; takes no memory.
  public func propagate(
    _ write: (_ value: UnsafeBufferPointer<Float>, _ relevance: UnsafeMutableBufferPointer<Float>) -> Void
  ) throws(NetworkError) {
    for block in blocks.values { block.clear() }
    guard let block = blocks[start] else { return }
    write(value, UnsafeMutableBufferPointer(start: block.start, count: block.count))
    for step in steps { try step.stage.propagate(step.own.start, to: step.inputs) }
  }

  /// The relevance of a node after ``propagate(_:)``, laid out as its value, N×…, row-major.
  ///
  /// - Precondition: The node is one of those asked for.
  public func relevance(of node: Graph.NodeID) -> UnsafeBufferPointer<Float> {
    let block = ids[node].flatMap { blocks[$0] }
    precondition(block != nil, "relevance(of:) is for nodes between start and ends")
    return UnsafeBufferPointer(start: block?.start, count: block?.count ?? 0)
  }
}

extension Graph {
  /// The nodes on the ways from some to one that depends on them, with all of those.
  fileprivate func route(from start: NodeID, to ends: [NodeID]) -> Set<NodeID> {
    var reached = Set(ends)
    for id in ids where self[id].inputs.contains(where: reached.contains) { reached.insert(id) }
    var used: Set<NodeID> = reached.contains(start) ? [start] : []
    for id in ids.reversed() where used.contains(id) {
      used.formUnion(self[id].inputs.filter(reached.contains))
    }
    return used
  }

  /// The first convolution or linear layer.
  fileprivate var firstWeights: NodeID? {
    ids.first {
      switch self[$0].operation {
      case .convolution, .linear: true
      default: false
      }
    }
  }

  /// Whether a node's value has no number below zero, whatever the picture.
  func isNonNegative(_ id: NodeID) -> Bool {
    let node = self[id]
    switch node.operation {
    case .relu: return true
    case .activation(let function): return [.sigmoid, .relu6, .hardSigmoid].contains(function)
    case .maxPool, .averagePool, .globalAveragePool, .gridAveragePool, .zeroPad, .padChannels, .concatenate,
      .add,
      .gate, .rows, .map, .selectToken, .tokenMean, .flatten:
      return node.inputs.allSatisfy(isNonNegative)
    default: return false
    }
  }
}
