import Testing

@testable import NeuralNetwork

/// Operations of DenseNet, ConvNeXt, Inception, MobileNet and EfficientNet.
@Suite struct MapOperationTests {
  struct Window: Sendable, CustomTestStringConvertible {
    var outputs = 8
    var window = (3, 3)
    var stride = 1
    var padding = NeuralNetwork.Operation.Padding(1)
    var groups = 1
    var dilation = 1
    var testDescription: String {
      "\(window.0)×\(window.1) stride \(stride) padding \(padding) groups \(groups) dilation \(dilation)"
    }
  }

  @Test(
    "Windows of other shapes, uneven padding, gaps and single channels",
    arguments: [
      Window(window: (1, 7), padding: .init(vertical: 0, horizontal: 3)),
      Window(window: (7, 1), padding: .init(vertical: 3, horizontal: 0)),
      Window(window: (1, 3), stride: 2, padding: .init(vertical: 0, horizontal: 1)),
      Window(padding: 2, dilation: 2), Window(window: (3, 2), padding: 1, dilation: 3),
      Window(stride: 2, padding: 2, dilation: 2),
      Window(padding: .init(top: 0, bottom: 1, left: 0, right: 1)),
      Window(stride: 2, padding: .init(top: 0, bottom: 1, left: 0, right: 1)),
      Window(window: (7, 7), stride: 2, padding: .init(top: 2, bottom: 3, left: 2, right: 3)),
      Window(outputs: 16, window: (7, 7), padding: 3, groups: 16),
      Window(outputs: 16, window: (5, 5), stride: 2, padding: 2, groups: 16),
      Window(outputs: 32, window: (3, 3), groups: 16),
      Window(outputs: 16, padding: 2, groups: 4, dilation: 2),
    ], [1, 2])
  func windows(_ c: Window, batch: Int) throws {
    for inner in [false, true] {
      var b = GraphBuilder([16, 13, 12])
      let x = inner ? try b.relu(try b.convolution(b.input, 16)) : b.input
      let y = try b.convolution(
        x, c.outputs, window: c.window, stride: c.stride, padding: c.padding, groups: c.groups,
        dilation: c.dilation, bias: true)
      try expectLikeReference(b.graph, taps: [y], batch: batch)
      let z = try b.relu(try b.sum(try b.batchNorm(y), y))
      try expectLikeReference(b.graph, taps: [z, x], batch: batch)
    }
  }

  @Test(
    "Partial windows and means without padding", arguments: [(3, 2, 0), (3, 2, 1), (2, 2, 0), (3, 3, 1)],
    [1, 3])
  func pooling(window: (Int, Int, Int), batch: Int) throws {
    for shape in [[5, 12, 11], [8, 13, 10]] {
      var b = GraphBuilder(shape)
      let x = try b.convolution(b.input, 12)
      var taps: [Graph.NodeID] = []
      for partial in [false, true] {
        let pooling = NeuralNetwork.Operation.Pooling(
          kernel: window.0, stride: window.1, padding: window.2, includesPartial: partial,
          countsPadding: false)
        taps.append(try b.plain(.maxPool(pooling), x))
        taps.append(try b.plain(.averagePool(pooling), x))
      }
      try expectLikeReference(b.graph, taps: taps, batch: batch)
    }
  }

  /// PyTorch 2.13: torch.nn.functional.max_pool2d(torch.zeros(1, 1, n, n), k, s, p, ceil_mode=True).shape[2].
  @Test(
    "Partial windows count as in PyTorch",
    arguments: [
      (112, 3, 2, 0, 56), (6, 3, 2, 0, 3), (5, 2, 2, 1, 3), (4, 2, 2, 1, 3), (7, 3, 3, 1, 3), (7, 1, 3, 0, 3),
    ])
  func counts(extent: Int, kernel: Int, stride: Int, padding: Int, expected: Int) throws {
    var b = GraphBuilder([1, extent, extent])
    let y = try b.plain(
      .maxPool(.init(kernel: kernel, stride: stride, padding: padding, includesPartial: true)), b.input)
    #expect(b.graph[y].shape == [1, expected, expected])
  }

  @Test("A mean that counts padding takes no partial windows")
  func refusedMean() throws {
    var b = GraphBuilder([1, 6, 6])
    #expect(throws: NetworkError.self) {
      try b.plain(.averagePool(.init(kernel: 3, stride: 2, padding: 1, includesPartial: true)), b.input)
    }
  }

  @Test(
    "Maps side by side, in blocks and beside them", arguments: [[16, 8, 32], [12, 5, 7], [3, 16, 1]], [1, 2])
  func concatenation(widths: [Int], batch: Int) throws {
    var b = GraphBuilder([4, 9, 7])
    let parts = try widths.map { try b.convolution(b.input, $0) }
    let joined = try b.concatenate(parts)
    let normal = try b.batchNorm(joined)
    let output = try b.relu(normal)
    let last = try b.convolution(output, 8)
    for taps in [
      [last], [joined, last], [normal, last], [output], [parts[1], output], [parts[0], joined],
    ] {
      try expectLikeReference(b.graph, taps: taps, batch: batch)
    }
  }

  @Test("A dense block", arguments: [8, 12], [1, 3])
  func denseBlock(growth: Int, batch: Int) throws {
    var b = GraphBuilder([3, 10, 8])
    var features = [try b.relu(try b.convolution(b.input, 2 * growth))]
    for _ in 0..<3 {
      let joined = features.count == 1 ? features[0] : try b.concatenate(features)
      let inner = try b.convolution(try b.relu(try b.batchNorm(joined)), 4 * growth, kernel: 1, padding: 0)
      features.append(try b.convolution(try b.relu(try b.batchNorm(inner)), growth))
    }
    let block = try b.concatenate(features)
    let next = try b.averagePool(
      try b.convolution(try b.relu(try b.batchNorm(block)), growth, kernel: 1, padding: 0), 2, stride: 2)
    try expectLikeReference(b.graph, taps: [next], batch: batch)
    try expectLikeReference(b.graph, taps: [features[0], block, next], batch: batch)
    try expectLikeReference(b.graph, taps: [features[2], next], seeds: [next], batch: batch)
  }

  @Test("A ConvNeXt block and the normalization of its maps", arguments: [16, 12], [1, 2])
  func convNeXtBlock(width: Int, batch: Int) throws {
    var b = GraphBuilder([3, 16, 12])
    let stem = try b.channelNorm(try b.convolution(b.input, width, kernel: 2, stride: 2, padding: 0))
    let depthwise = try b.convolution(stem, width, kernel: 7, padding: 3, groups: width, bias: true)
    let rows = try b.plain(.rows, depthwise)
    let wide = try b.linear(try b.layerNorm(rows), 4 * width)
    let narrow = try b.linear(try b.gelu(wide), width)
    let map = try b.plain(.map(height: 8, width: 6), narrow)
    let output = try b.sum(try b.scale(map), stem)
    let next = try b.convolution(try b.channelNorm(output), 2 * width, kernel: 2, stride: 2, padding: 0)
    for taps in [[output], [stem, output, next], [rows, wide, map, next]] {
      try expectLikeReference(b.graph, taps: taps, batch: batch)
    }
  }

  @Test("Squeeze and excitation", arguments: [16, 11], [1, 2])
  func squeezeExcitation(width: Int, batch: Int) throws {
    var b = GraphBuilder([3, 9, 9])
    let x = try b.plain(.activation(.silu), try b.convolution(b.input, width))
    let squeezed = try b.plain(.activation(.silu), try b.linear(try b.globalAveragePool(x), 4))
    let factors = try b.plain(.activation(.sigmoid), try b.linear(squeezed, width))
    let y = try b.plain(.gate, x, factors)
    try expectLikeReference(b.graph, taps: [y], batch: batch)
    try expectLikeReference(b.graph, taps: [x, factors, y], batch: batch)
  }

  @Test(
    "Functions of single numbers, on maps and rows", arguments: NeuralNetwork.Operation.Activation.allCases)
  func activations(_ function: NeuralNetwork.Operation.Activation) throws {
    var b = GraphBuilder([2, 12, 12])
    var wide = try b.convolution(b.input, 5)
    for _ in 0..<2 { wide = try b.sum(wide, wide) }
    let y = try b.plain(.activation(function), wide)
    let z = try b.plain(.activation(function), try b.plain(.rows, try b.convolution(y, 6)))
    try expectLikeReference(b.graph, taps: [y, z], batch: 2)
  }

  @Test("Zeros around maps and channels, grids of means, scale and shift", arguments: [8, 5], [1, 2])
  func shapes(width: Int, batch: Int) throws {
    var b = GraphBuilder([3, 11, 8])
    let shifted = try b.scale(b.input, shift: true)
    let x = try b.convolution(shifted, width)
    let framed = try b.plain(.zeroPad(.init(top: 1, bottom: 2, left: 0, right: 3)), x)
    let pooled = try b.maxPool(framed, 3, stride: 2)
    let padded = try b.plain(.padChannels(before: 3, after: 4), pooled)
    let scaled = try b.scale(padded, shift: true)
    let coarse = try b.plain(.gridAveragePool(rows: 3, columns: 2), scaled)
    let fine = try b.plain(.gridAveragePool(rows: 9, columns: 7), scaled)
    let output = try b.linear(try b.plain(.flatten, coarse), 4)
    try expectLikeReference(b.graph, taps: [fine, output], batch: batch)
    try expectLikeReference(b.graph, taps: [shifted, framed, padded, scaled, output], batch: batch)
  }

  @Test("Tokens behind none, one or two others, and their mean", arguments: [0, 1, 2], [1, 2])
  func tokens(first: Int, batch: Int) throws {
    var b = GraphBuilder([8, 4, 3])
    let tokens = try b.tokens(b.input, before: first)
    let scaled = try b.sum(try b.scale(try b.attention(try b.linear(tokens, 24), heads: 2)), tokens)
    let mean = try b.plain(.tokenMean(from: first), scaled)
    let output = try b.linear(try b.layerNorm(mean), 5)
    try expectLikeReference(b.graph, taps: [scaled, output], batch: batch)
  }
}
