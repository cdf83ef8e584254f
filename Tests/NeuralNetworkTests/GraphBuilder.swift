import Tensor

@testable import NeuralNetwork

/// Builds small networks with random weights, so that tests read as lists of layers.
struct GraphBuilder {
  var graph: Graph
  private var random: RandomSource
  private var count = 0

  init(_ shape: [Int], seed: UInt64 = 1) {
    graph = Graph(inputShape: shape)
    random = RandomSource(seed: seed)
  }

  var input: Graph.NodeID { graph.input }

  mutating func parameter(_ shape: [Int], scale: Float = 1, around center: Float = 0) -> Parameter {
    count += 1
    let numbers = (0..<shape.reduce(1, *)).map { _ in center + scale * random.normal() }
    return Parameter(name: "p\(count)", shape: shape, copying: numbers)
  }

  mutating func add(_ operation: NeuralNetwork.Operation, _ inputs: [Graph.NodeID]) throws -> Graph.NodeID {
    try graph.add("n\(graph.nodes.count)", operation, inputs)
  }

  mutating func convolution(
    _ x: Graph.NodeID, _ outputs: Int, kernel: Int = 3, stride: Int = 1, padding: Int = 1, groups: Int = 1,
    bias: Bool = false
  ) throws -> Graph.NodeID {
    try convolution(
      x, outputs, window: (kernel, kernel), stride: stride, padding: .init(padding), groups: groups,
      bias: bias)
  }

  mutating func convolution(
    _ x: Graph.NodeID, _ outputs: Int, window: (Int, Int), stride: Int = 1,
    padding: NeuralNetwork.Operation.Padding, groups: Int = 1, dilation: Int = 1, bias: Bool = false
  ) throws -> Graph.NodeID {
    let inputs = graph[x].shape[0] / groups
    let weight = parameter(
      [outputs, inputs, window.0, window.1], scale: 1 / Float(inputs * window.0 * window.1).squareRoot())
    let shift = bias ? parameter([outputs]) : nil
    return try add(
      .convolution(
        .init(
          weight: weight, bias: shift, stride: stride, padding: padding, groups: groups, dilation: dilation)),
      [x])
  }

  /// An operation without parameters.
  mutating func plain(_ operation: NeuralNetwork.Operation, _ inputs: Graph.NodeID...) throws -> Graph.NodeID
  {
    try add(operation, inputs)
  }

  mutating func concatenate(_ inputs: [Graph.NodeID]) throws -> Graph.NodeID { try add(.concatenate, inputs) }

  mutating func scale(_ x: Graph.NodeID, shift: Bool = false) throws -> Graph.NodeID {
    let shape = graph[x].shape
    let count = [(shape.count == 3 ? shape.first : shape.last) ?? 0]
    return try add(.scale(.init(scale: parameter(count), shift: shift ? parameter(count) : nil)), [x])
  }

  mutating func channelNorm(_ x: Graph.NodeID) throws -> Graph.NodeID {
    let width = [graph[x].shape[0]]
    return try add(
      .channelNorm(.init(scale: parameter(width, scale: 0.5, around: 1), shift: parameter(width))), [x])
  }

  mutating func batchNorm(_ x: Graph.NodeID) throws -> Graph.NodeID {
    let c = [graph[x].shape[0]]
    let variance = Parameter(name: "v", shape: c, copying: (0..<c[0]).map { _ in random.uniform(0.5, 2) })
    return try add(
      .batchNorm(
        .init(
          scale: parameter(c, scale: 0.5, around: 1), shift: parameter(c), mean: parameter(c),
          variance: variance)),
      [x])
  }

  mutating func relu(_ x: Graph.NodeID) throws -> Graph.NodeID { try add(.relu, [x]) }
  mutating func gelu(_ x: Graph.NodeID) throws -> Graph.NodeID { try add(.gelu, [x]) }
  mutating func sum(_ a: Graph.NodeID, _ b: Graph.NodeID) throws -> Graph.NodeID { try add(.add, [a, b]) }

  mutating func maxPool(_ x: Graph.NodeID, _ kernel: Int, stride: Int, padding: Int = 0) throws
    -> Graph.NodeID
  {
    try add(.maxPool(.init(kernel: kernel, stride: stride, padding: padding)), [x])
  }

  mutating func averagePool(_ x: Graph.NodeID, _ kernel: Int, stride: Int, padding: Int = 0) throws
    -> Graph.NodeID
  {
    try add(.averagePool(.init(kernel: kernel, stride: stride, padding: padding)), [x])
  }

  mutating func globalAveragePool(_ x: Graph.NodeID) throws -> Graph.NodeID {
    try add(.globalAveragePool, [x])
  }

  mutating func linear(_ x: Graph.NodeID, _ outputs: Int, bias: Bool = true) throws -> Graph.NodeID {
    let inputs = graph[x].shape.last ?? 0
    let weight = parameter([outputs, inputs], scale: 1 / Float(inputs).squareRoot())
    let shift = bias ? parameter([outputs]) : nil
    return try add(.linear(.init(weight: weight, bias: shift)), [x])
  }

  mutating func layerNorm(_ x: Graph.NodeID) throws -> Graph.NodeID {
    let width = [graph[x].shape.last ?? 0]
    return try add(
      .layerNorm(.init(scale: parameter(width, scale: 0.5, around: 1), shift: parameter(width))), [x])
  }

  mutating func tokens(_ x: Graph.NodeID, before: Int = 1) throws -> Graph.NodeID {
    let (c, positions) = (graph[x].shape[0], graph[x].shape[1] * graph[x].shape[2])
    return try add(
      .tokens(
        .init(
          classToken: before > 0 ? parameter([before, c]) : nil,
          positionEmbedding: parameter([before + positions, c]))), [x])
  }

  mutating func attention(_ x: Graph.NodeID, heads: Int, causal: Bool = false) throws -> Graph.NodeID {
    try add(.selfAttention(heads: heads, causal: causal), [x])
  }

  mutating func select(_ x: Graph.NodeID, _ token: Int) throws -> Graph.NodeID {
    try add(.selectToken(token), [x])
  }
}
