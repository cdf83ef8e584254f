import Testing

@testable import NeuralNetwork

@Suite struct GraphNarrowedTests {
  /// Two pre-norm blocks of a vision transformer and a head on some of the tokens' numbers.
  private struct Transformer {
    var builder = GraphBuilder([3, 8, 12])
    var blocks: [Graph.NodeID] = []
    var token: Graph.NodeID
    var logits: Graph.NodeID

    init(selecting index: Int = 0) throws {
      let patches = try builder.convolution(builder.input, 24, kernel: 4, stride: 4, padding: 0, bias: true)
      var x = try builder.tokens(patches)
      for _ in 0..<2 {
        var y = try builder.linear(try builder.layerNorm(x), 72)
        y = try builder.linear(try builder.attention(y, heads: 3), 24)
        let middle = try builder.sum(y, x)
        y = try builder.add(.gelu, [try builder.linear(try builder.layerNorm(middle), 40)])
        x = try builder.sum(try builder.linear(y, 24), middle)
        blocks.append(x)
      }
      token = try builder.select(try builder.layerNorm(x), index)
      logits = try builder.linear(token, 5)
    }
  }

  private func attentions(_ graph: Graph) -> (whole: Int, single: Int) {
    graph.nodes.reduce(into: (0, 0)) { count, node in
      if case .selfAttention = node.operation { count.0 += 1 }
      if case .tokenAttention = node.operation { count.1 += 1 }
    }
  }

  @Test(
    "The last block computes one token only, with the values and gradients of the whole", arguments: [1, 3])
  func lastBlock(batch: Int) throws {
    for index in [0, 4] {
      let network = try Transformer(selecting: index)
      let graph = network.builder.graph
      let narrowed = try graph.narrowed(for: [network.logits])
      #expect(attentions(narrowed.graph) == (1, 1))
      #expect(narrowed.ids[network.blocks[1]].map { narrowed.graph[$0].shape } == [24])
      for taps in [[network.logits], [network.token, network.logits], [network.blocks[0], network.logits]] {
        try expectLikeReference(graph, taps: taps, batch: batch)
      }
    }
  }

  @Test("What is tapped or read whole stays whole")
  func whole() throws {
    let network = try Transformer()
    let taps = [network.blocks[1], network.logits]
    let narrowed = try network.builder.graph.narrowed(for: taps)
    #expect(attentions(narrowed.graph) == (2, 0))
    #expect(narrowed.ids[network.blocks[1]].map { narrowed.graph[$0].shape } == [7, 24])
    try expectLikeReference(network.builder.graph, taps: taps, batch: 2)
  }

  @Test("Two tokens of one value")
  func twoTokens() throws {
    var network = try Transformer()
    let other = try network.builder.select(network.blocks[1], 3)
    let sum = try network.builder.sum(network.token, other)
    let narrowed = try network.builder.graph.narrowed(for: [sum])
    #expect(attentions(narrowed.graph) == (2, 0))
    try expectLikeReference(network.builder.graph, taps: [sum], batch: 2)
  }
}
