public import Network

/// Puts layers together under their checkpoint's names, so that an architecture reads like its paper's table.
///
/// A layer called `layer1.0.conv1` takes its weights from `layer1.0.conv1.weight` and so on. Output extents follow
/// from what an architecture asks for, never from the file, so that a file of another network is found out.
public struct GraphBuilder {
  /// What has been built.
  public private(set) var graph: Graph
  private let weights: any WeightSource

  /// A builder that starts from pictures of three channels and `size`×`size` pixels.
  public init(size: Int, weights: any WeightSource) {
    graph = Graph(inputShape: [3, size, size])
    self.weights = weights
  }

  /// The picture.
  public var input: Graph.NodeID { graph.input }

  /// Appends an operation without parameters.
  public mutating func add(
    _ name: String, _ operation: Operation, of inputs: Graph.NodeID...
  ) throws(NetworkError) -> Graph.NodeID {
    if inputs.count == 2 { return try graph.add(name, operation, inputs[0], inputs[1]) }
    return try graph.add(name, operation, inputs[0])
  }

  /// Gives a node another name.
  public mutating func alias(_ name: String, for node: Graph.NodeID) throws(NetworkError) {
    try graph.alias(name, for: node)
  }

  /// A convolution to `channels` maps with a square kernel.
  public mutating func convolution(
    _ name: String, of input: Graph.NodeID, channels: Int, kernel: Int, stride: Int = 1, padding: Int = 0,
    groups: Int = 1, bias: Bool = false
  ) throws(NetworkError) -> Graph.NodeID {
    let shape = [channels, extent(of: input, at: 0) / groups, kernel, kernel]
    let operation = Operation.Convolution(
      weight: weights.parameter("\(name).weight", shape),
      bias: bias ? weights.parameter("\(name).bias", [channels]) : nil,
      stride: stride, padding: padding, groups: groups)
    return try graph.add(name, .convolution(operation), input)
  }

  /// A batch normalization by running statistics.
  public mutating func batchNorm(
    _ name: String, of input: Graph.NodeID, epsilon: Float = 1e-5
  ) throws(NetworkError) -> Graph.NodeID {
    let shape = [extent(of: input, at: 0)]
    let operation = Operation.BatchNorm(
      scale: weights.parameter("\(name).weight", shape), shift: weights.parameter("\(name).bias", shape),
      mean: weights.parameter("\(name).running_mean", shape),
      variance: weights.parameter("\(name).running_var", shape), epsilon: epsilon)
    return try graph.add(name, .batchNorm(operation), input)
  }

  /// A layer normalization over the last extent.
  public mutating func layerNorm(
    _ name: String, of input: Graph.NodeID, epsilon: Float = 1e-6
  ) throws(NetworkError) -> Graph.NodeID {
    let shape = [graph[input].shape.last ?? 0]
    let operation = Operation.LayerNorm(
      scale: weights.parameter("\(name).weight", shape), shift: weights.parameter("\(name).bias", shape),
      epsilon: epsilon)
    return try graph.add(name, .layerNorm(operation), input)
  }

  /// A linear layer to `width` numbers. `weight` and `bias` name its parameters where they aren't
  /// `name.weight` and `name.bias`.
  public mutating func linear(
    _ name: String, of input: Graph.NodeID, width: Int, weight: String? = nil, bias: String? = nil
  ) throws(NetworkError) -> Graph.NodeID {
    let operation = Operation.Linear(
      weight: weights.parameter(weight ?? "\(name).weight", [width, graph[input].shape.last ?? 0]),
      bias: weights.parameter(bias ?? "\(name).bias", [width]))
    return try graph.add(name, .linear(operation), input)
  }

  /// Turns a map into tokens: a class token before its positions, and an embedding of each position.
  public mutating func tokens(
    _ name: String, of input: Graph.NodeID, classToken: String, positionEmbedding: String
  ) throws(NetworkError) -> Graph.NodeID {
    let shape = graph[input].shape
    let (width, count) = (shape[0], 1 + shape.dropFirst().reduce(1, *))
    let operation = Operation.Tokens(
      classToken: weights.parameter(classToken, [1, 1, width]),
      positionEmbedding: weights.parameter(positionEmbedding, [1, count, width]))
    return try graph.add(name, .tokens(operation), input)
  }

  private func extent(of node: Graph.NodeID, at index: Int) -> Int {
    let shape = graph[node].shape
    return shape.indices.contains(index) ? shape[index] : 0
  }
}
