import Tensor
import Testing

@testable import NeuralNetwork

@Suite struct GradientTests {
  @Test("The reference's gradient is the slope of its values")
  func centralDifferences() throws {
    var b = GraphBuilder([2, 8, 8])
    let map = try b.gelu(try b.batchNorm(try b.convolution(b.input, 6, stride: 2, groups: 2, bias: true)))
    let pooled = try b.averagePool(try b.sum(map, try b.convolution(map, 6)), 3, stride: 1, padding: 1)
    let gated = try b.plain(.gate, try b.channelNorm(pooled), try b.globalAveragePool(pooled))
    let joined = try b.plain(.activation(.silu), try b.concatenate([gated, pooled]))
    let tokens = try b.tokens(
      try b.maxPool(
        try b.convolution(joined, 6, window: (1, 3), padding: .init(vertical: 0, horizontal: 1)), 2, stride: 1
      )
    )
    let mixed = try b.attention(try b.linear(try b.layerNorm(tokens), 18), heads: 2)
    let seen = try b.attention(try b.linear(try b.sum(mixed, tokens), 18), heads: 3, causal: true)
    let output = try b.plain(.unitLength, try b.select(seen, 2))
    let mean = try b.globalAveragePool(try b.relu(map))
    var random = RandomSource(seed: 5)
    let input = (0..<128).map { _ in Double(random.normal()) }
    let seeds = [output, mean].map { ($0, (0..<6).map { _ in Double(random.normal()) }) }
    func loss(_ x: [Double]) -> Double {
      let reference = Reference(b.graph, input: x)
      return seeds.map { id, seed in zip(reference.values[id.index], seed).map(*).reduce(0, +) }.reduce(0, +)
    }
    let gradient = Reference(b.graph, input: input)
      .inputGradient(seeds: Dictionary(uniqueKeysWithValues: seeds))
    for index in stride(from: 0, to: 128, by: 5) {
      var (above, below) = (input, input)
      above[index] += 1e-5
      below[index] -= 1e-5
      #expect(abs((loss(above) - loss(below)) / 2e-5 - gradient[index]) < 1e-6)
    }
  }
}
