import Testing

@testable import NeuralNetwork

@Suite struct OperationTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var shape = [8, 9, 7]
    var outputs = 8
    var kernel = 3
    var stride = 1
    var padding = 1
    var groups = 1
    var testDescription: String {
      "\(shape) → \(outputs), kernel \(kernel), stride \(stride), padding \(padding), groups \(groups)"
    }
  }

  @Test(
    "Convolutions",
    arguments: [
      Case(), Case(shape: [3, 17, 13], outputs: 20, kernel: 7, stride: 2, padding: 3),
      Case(shape: [3, 16, 24], outputs: 12, kernel: 4, stride: 4, padding: 0),
      Case(shape: [16, 10, 10], outputs: 24, kernel: 1, padding: 0),
      Case(shape: [16, 11, 10], outputs: 24, kernel: 1, stride: 2, padding: 0),
      Case(shape: [5, 6, 8], outputs: 7), Case(shape: [16, 9, 9], outputs: 16, groups: 2),
      Case(shape: [12, 9, 9], outputs: 6, groups: 3), Case(shape: [16, 9, 9], outputs: 16, groups: 16),
      Case(shape: [11, 8, 9], outputs: 11, kernel: 5, stride: 2, padding: 2, groups: 11),
      Case(shape: [8, 9, 9], outputs: 16, stride: 2, padding: 0),
      Case(shape: [9, 5, 5], outputs: 4, kernel: 3, padding: 3),
      Case(shape: [1, 12, 12], outputs: 3, kernel: 5, stride: 3, padding: 1),
      Case(shape: [32, 14, 14], outputs: 64, groups: 4),
      // By minimal filtering where maps lie in blocks of 8: whole tiles, cut ones, and either direction alone.
      Case(shape: [16, 16, 16], outputs: 32), Case(shape: [48, 13, 22], outputs: 16),
      Case(shape: [8, 30, 9], outputs: 16), Case(shape: [16, 15, 17], outputs: 8),
    ], [1, 3])
  func convolution(_ c: Case, batch: Int) throws {
    for inner in [false, true] {  // straight on the picture, and behind another layer
      var b = GraphBuilder(c.shape)
      let x = inner ? try b.relu(try b.convolution(b.input, c.shape[0])) : b.input
      let y = try b.convolution(
        x, c.outputs, kernel: c.kernel, stride: c.stride, padding: c.padding, groups: c.groups, bias: true)
      try expectLikeReference(b.graph, taps: [y], batch: batch)
      let z = try b.relu(try b.batchNorm(y))
      try expectLikeReference(b.graph, taps: [z], batch: batch)
      try expectLikeReference(b.graph, taps: [y, z], batch: batch)
    }
  }

  @Test("Pooling", arguments: [(3, 2, 1), (2, 2, 0), (3, 1, 1), (5, 3, 2)], [1, 3])
  func pooling(window: (Int, Int, Int), batch: Int) throws {
    for maximum in [true, false] {
      for inner in [true, false] {
        var b = GraphBuilder([5, 13, 11])
        let x = inner ? try b.convolution(b.input, 12) : b.input
        let y =
          maximum
          ? try b.maxPool(x, window.0, stride: window.1, padding: window.2)
          : try b.averagePool(x, window.0, stride: window.1, padding: window.2)
        let z = try b.globalAveragePool(y)
        try expectLikeReference(b.graph, taps: [y, z], batch: batch)
        try expectLikeReference(b.graph, taps: [x, z], batch: batch)
      }
    }
  }

  @Test("Sums of branches, also of a value with itself, and taps on the picture", arguments: [1, 2])
  func branches(batch: Int) throws {
    var b = GraphBuilder([4, 8, 8])
    let twice = try b.sum(b.input, b.input)
    let first = try b.relu(try b.sum(try b.convolution(twice, 4), b.input))
    let second = try b.sum(try b.maxPool(first, 3, stride: 1, padding: 1), first)
    let third = try b.sum(try b.sum(second, second), try b.batchNorm(try b.convolution(second, 4)))
    let fourth = try b.sum(third, try b.relu(try b.batchNorm(third)))
    try expectLikeReference(b.graph, taps: [fourth], batch: batch)
    try expectLikeReference(b.graph, taps: [b.input, twice, first, second, third, fourth], batch: batch)
    try expectLikeReference(b.graph, taps: [b.input, fourth], seeds: [b.input], batch: batch)
  }

  @Test("GELU over its whole range")
  func gelu() throws {
    var b = GraphBuilder([1, 16, 16])
    var scaled = b.input
    for _ in 0..<3 { scaled = try b.sum(scaled, scaled) }
    let y = try b.gelu(scaled)
    try expectLikeReference(b.graph, taps: [y], tolerance: 3e-7)
  }

  @Test("Layer normalization and linear layers of odd widths", arguments: [2, 7, 33, 100], [1, 3])
  func rows(width: Int, batch: Int) throws {
    var b = GraphBuilder([width, 3, 3])
    let tokens = try b.tokens(b.input)
    let normal = try b.layerNorm(try b.linear(tokens, width + 4, bias: false))
    let y = try b.linear(try b.select(normal, 4), 5)
    try expectLikeReference(b.graph, taps: [normal, y], batch: batch)
  }
}
