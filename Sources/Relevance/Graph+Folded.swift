public import NeuralNetwork

extension Graph {
  /// A network that computes the same, and where the nodes of this one are found in it.
  public struct Folded: Sendable {
    /// The network.
    public var graph: Graph
    /// Its nodes by those of the first network. A folded normalization is found in its convolution, whose own result is
    /// nowhere any more.
    public var ids: [NodeID: NodeID]
  }

  /// The same network with each batch normalization folded into the convolution before it, if nothing else reads that
  /// one's result: w′ = w·γ/√(σ² + ε), b′ = (b − μ)·γ/√(σ² + ε) + β. Throws ``NetworkError`` as `add` does.
  public func folded() throws(NetworkError) -> Folded {
    var readers: [NodeID: Int] = [:]
    for node in nodes { for source in node.inputs { readers[source, default: 0] += 1 } }
    var norms: [NodeID: Operation.BatchNorm] = [:]
    for node in nodes {
      if case .batchNorm(let norm) = node.operation, let source = node.inputs.first, readers[source] == 1,
        case .convolution = self[source].operation
      {
        norms[source] = norm
      }
    }
    var result = Folded(graph: Graph(inputShape: self[input].shape), ids: [:])
    result.ids[input] = result.graph.input
    for id in ids where id != input {
      let node = self[id]
      if case .batchNorm = node.operation, let source = node.inputs.first, norms[source] != nil {
        result.ids[id] = result.ids[source]
        continue
      }
      var operation = node.operation
      if let norm = norms[id], case .convolution(let convolution) = operation {
        operation = .convolution(convolution.folding(norm))
      }
      result.ids[id] = try result.graph.add(node.name, operation, node.inputs.compactMap { result.ids[$0] })
    }
    return result
  }
}

extension Operation.Convolution {
  fileprivate func folding(_ norm: Operation.BatchNorm) -> Operation.Convolution {
    let factors = zip(norm.scale.values, norm.variance.values).map { $0 / ($1 + norm.epsilon).squareRoot() }
    let numbers = weight.count / max(1, factors.count)
    var folded = self
    folded.weight = Parameter(
      name: weight.name, shape: weight.shape,
      copying: weight.values.enumerated().map { $1 * factors[$0 / numbers] })
    let offsets = factors.indices.map { index in
      ((bias?.values[index] ?? 0) - norm.mean.values[index]) * factors[index] + norm.shift.values[index]
    }
    folded.bias = Parameter(name: bias?.name ?? "", shape: [factors.count], copying: offsets)
    return folded
  }
}
