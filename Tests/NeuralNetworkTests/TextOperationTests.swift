import Testing

@testable import NeuralNetwork

/// Operations of CLIP, whose text tower reads tokens rather than pictures.
@Suite struct TextOperationTests {
  @Test(
    "A block of a text tower on rows, and on fewer and more of them than lanes",
    arguments: [1, 2, 15, 16, 17, 33])
  func block(tokens: Int) throws {
    for batch in [1, 3] {
      var b = GraphBuilder([tokens, 12])
      let query = try b.linear(try b.layerNorm(b.input), 36)
      let mixed = try b.sum(try b.linear(try b.attention(query, heads: 3, causal: true), 12), b.input)
      let wide = try b.plain(.activation(.quickGELU), try b.linear(try b.layerNorm(mixed), 48))
      let output = try b.sum(try b.linear(wide, 12), mixed)
      let embedding = try b.linear(try b.select(try b.layerNorm(output), tokens - 1), 20, bias: false)
      try expectLikeReference(b.graph, taps: [embedding], batch: batch)
      try expectLikeReference(b.graph, taps: [mixed, output, embedding], batch: batch)
      // A token in the midst is computed alone, from those before it.
      let middle = try b.select(try b.layerNorm(output), tokens / 2)
      try expectLikeReference(b.graph, taps: [middle], batch: batch)
    }
  }

  @Test("A token's value doesn't change with those after it")
  func causality() throws {
    var b = GraphBuilder([9, 24])
    let y = try b.attention(b.input, heads: 2, causal: true)
    let executor = try Executor(graph: b.graph, batch: 1, taps: [y], gradient: false)
    for index in executor.input.indices { executor.input[index] = Float(index % 11) / 8 - 0.5 }
    try executor.forward()
    let before = Array(executor.value(of: y))
    // The last four tokens hold what would drown the others.
    for index in executor.input.indices.suffix(4 * 24) { executor.input[index] = 1e15 }
    try executor.forward()
    #expect(Array(executor.value(of: y)).prefix(5 * 8) == before.prefix(5 * 8))
  }

  @Test("Rows of unit length", arguments: [3, 5, 16, 33], [1, 2])
  func unitLength(width: Int, batch: Int) throws {
    var b = GraphBuilder([4, width])
    let rows = try b.plain(.unitLength, try b.linear(b.input, width))
    let output = try b.linear(try b.plain(.unitLength, try b.select(rows, 2)), 3, bias: false)
    try expectLikeReference(b.graph, taps: [output], batch: batch)
    try expectLikeReference(b.graph, taps: [rows, output], batch: batch, tolerance: 1e-4)
  }

  @Test("Zeros have no direction and stay zeros")
  func zeros() throws {
    var b = GraphBuilder([2, 6])
    let y = try b.plain(.unitLength, b.input)
    let executor = try Executor(graph: b.graph, batch: 1, taps: [y], gradient: false)
    for index in executor.input.indices { executor.input[index] = index < 6 ? 0 : 2 }
    try executor.forward()
    #expect(executor.value(of: y).prefix(6).allSatisfy { $0 == 0 })
    #expect(abs(executor.value(of: y)[7] - 1 / Float(6).squareRoot()) < 1e-6)
  }

  @Test("A map has no length")
  func refusedMap() throws {
    var b = GraphBuilder([3, 2, 2])
    #expect(throws: NetworkError.self) { try b.plain(.unitLength, b.input) }
  }
}
