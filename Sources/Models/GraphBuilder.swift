public import NeuralNetwork

/// Puts layers together under their checkpoint's names, so that an architecture reads like its paper's table.
///
/// A layer called `layer1.0.conv1` takes its weights from `layer1.0.conv1.weight` and so on. Output extents follow
/// from what an architecture asks for, never from the file, so that a file of another network is found out.
public struct GraphBuilder {
  /// What has been built.
  public private(set) var graph: Graph
  let weights: any WeightSource

  /// A builder that starts from pictures of three channels and `size`×`size` pixels.
  public init(size: Int, weights: any WeightSource) {
    graph = Graph(inputShape: [3, size, size])
    self.weights = weights
  }

  /// A builder that starts from a text of `tokens` tokens, embedded as `width` numbers each.
  init(tokens: Int, width: Int, weights: any WeightSource) {
    graph = Graph(inputShape: [tokens, width])
    self.weights = weights
  }

  /// The picture.
  public var input: Graph.NodeID { graph.input }

  /// Appends an operation without parameters.
  public mutating func add(
    _ name: String, _ operation: Operation, of inputs: Graph.NodeID...
  ) throws(NetworkError) -> Graph.NodeID {
    try graph.add(name, operation, inputs)
  }

  /// Puts maps side by side along their channels.
  public mutating func concatenate(
    _ name: String, _ inputs: [Graph.NodeID]
  ) throws(NetworkError) -> Graph.NodeID {
    try graph.add(name, .concatenate, inputs)
  }

  /// Gives a node another name.
  public mutating func alias(_ name: String, for node: Graph.NodeID) throws(NetworkError) {
    try graph.alias(name, for: node)
  }

  /// A convolution to `channels` maps with a square kernel. `tensors` is the start of its parameters' names where
  /// it isn't the layer's name.
  public mutating func convolution(
    _ name: String, of input: Graph.NodeID, channels: Int, kernel: Int, stride: Int = 1, padding: Int = 0,
    groups: Int = 1, bias: Bool = false, tensors: String? = nil
  ) throws(NetworkError) -> Graph.NodeID {
    try convolution(
      name, of: input, channels: channels, window: (kernel, kernel), stride: stride, padding: .init(padding),
      groups: groups, bias: bias, tensors: tensors)
  }

  /// A convolution to `channels` maps with a kernel of `window` rows and columns.
  public mutating func convolution(
    _ name: String, of input: Graph.NodeID, channels: Int, window: (rows: Int, columns: Int), stride: Int = 1,
    padding: Operation.Padding, groups: Int = 1, bias: Bool = false, tensors: String? = nil
  ) throws(NetworkError) -> Graph.NodeID {
    let tensors = tensors ?? name
    let shape = [channels, extent(of: input, at: 0) / groups, window.rows, window.columns]
    let operation = Operation.Convolution(
      weight: weights.parameter("\(tensors).weight", shape),
      bias: bias ? weights.parameter("\(tensors).bias", [channels]) : nil,
      stride: stride, padding: padding, groups: groups)
    return try graph.add(name, .convolution(operation), input)
  }

  /// A batch normalization by running statistics.
  public mutating func batchNorm(
    _ name: String, of input: Graph.NodeID, epsilon: Float = 1e-5, tensors: String? = nil
  ) throws(NetworkError) -> Graph.NodeID {
    let tensors = tensors ?? name
    let shape = [extent(of: input, at: 0)]
    let operation = Operation.BatchNorm(
      scale: weights.parameter("\(tensors).weight", shape),
      shift: weights.parameter("\(tensors).bias", shape),
      mean: weights.parameter("\(tensors).running_mean", shape),
      variance: weights.parameter("\(tensors).running_var", shape), epsilon: epsilon)
    return try graph.add(name, .batchNorm(operation), input)
  }

  /// A layer normalization over the last extent.
  public mutating func layerNorm(
    _ name: String, of input: Graph.NodeID, epsilon: Float = 1e-6, tensors: String? = nil
  ) throws(NetworkError) -> Graph.NodeID {
    let operation = layerNorm(tensors ?? name, width: graph[input].shape.last ?? 0, epsilon)
    return try graph.add(name, .layerNorm(operation), input)
  }

  /// A layer normalization over the channels of each position of a map.
  public mutating func channelNorm(
    _ name: String, of input: Graph.NodeID, epsilon: Float = 1e-6
  ) throws(NetworkError) -> Graph.NodeID {
    try graph.add(
      name, .channelNorm(layerNorm(name, width: extent(of: input, at: 0), epsilon)), input)
  }

  private func layerNorm(_ tensors: String, width: Int, _ epsilon: Float) -> Operation.LayerNorm {
    Operation.LayerNorm(
      scale: weights.parameter("\(tensors).weight", [width]),
      shift: weights.parameter("\(tensors).bias", [width]), epsilon: epsilon)
  }

  /// Factors by channel of a map, or by number of a row; a parameter of that name and shape.
  public mutating func scale(
    _ name: String, of input: Graph.NodeID, by parameter: String, shape: [Int]
  ) throws(NetworkError) -> Graph.NodeID {
    try graph.add(name, .scale(.init(scale: weights.parameter(parameter, shape))), input)
  }

  /// A linear layer to `width` numbers. `weight` and `bias` name its parameters where they aren't
  /// `name.weight` and `name.bias`; `kernel` says that the weights are stored as a 1×1 convolution's.
  public mutating func linear(
    _ name: String, of input: Graph.NodeID, width: Int, weight: String? = nil, bias: String? = nil,
    hasBias: Bool = true, kernel: Bool = false
  ) throws(NetworkError) -> Graph.NodeID {
    let shape = [width, graph[input].shape.last ?? 0] + (kernel ? [1, 1] : [])
    let operation = Operation.Linear(
      weight: weights.parameter(weight ?? "\(name).weight", shape),
      bias: hasBias ? weights.parameter(bias ?? "\(name).bias", [width]) : nil)
    return try graph.add(name, .linear(operation), input)
  }

  /// Several linear layers of equal width as one, their results side by side.
  public mutating func linear(
    _ name: String, of input: Graph.NodeID, width: Int, joining layers: [String]
  ) throws(NetworkError) -> Graph.NodeID {
    let depth = graph[input].shape.last ?? 0
    let operation = Operation.Linear(
      weight: .joined("\(name).weight", layers.map { weights.parameter("\($0).weight", [width, depth]) }),
      bias: .joined("\(name).bias", layers.map { weights.parameter("\($0).bias", [width]) }))
    return try graph.add(name, .linear(operation), input)
  }

  /// Turns a map into tokens, before its positions those of `before`, with an embedding of positions that may have been
  /// learned for another size. `batched` says that all are stored with an extent of 1 for the pictures of a batch.
  public mutating func tokens(
    _ name: String, of input: Graph.NodeID, before: [String], positions: PositionEmbedding,
    batched: Bool = true
  ) throws(NetworkError) -> Graph.NodeID {
    let shape = graph[input].shape
    let width = shape[0]
    let count = before.count + positions.side * positions.side
    let first = before.map { weights.parameter($0, batched ? [1, 1, width] : [width]) }
    let learned = weights.parameter(positions.name, batched ? [1, count, width] : [count, width])
    let operation = Operation.Tokens(
      classToken: first.isEmpty ? nil : .joined(before.joined(separator: " and "), first),
      positionEmbedding: positions.resampled(
        learned, before: before.count, rows: shape[1], columns: shape[2]))
    return try graph.add(name, .tokens(operation), input)
  }

  /// A factor that no checkpoint holds, for every number of a row.
  public mutating func scale(
    _ name: String, of input: Graph.NodeID, by factor: Float
  ) throws(NetworkError) -> Graph.NodeID {
    let width = graph[input].shape.last ?? 0
    let factors = Parameter(name: "", shape: [width], copying: [Float](repeating: factor, count: width))
    return try graph.add(name, .scale(.init(scale: factors)), input)
  }

  private func extent(of node: Graph.NodeID, at index: Int) -> Int {
    let shape = graph[node].shape
    return shape.indices.contains(index) ? shape[index] : 0
  }
}
