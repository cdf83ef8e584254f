import CAllocations
import CKernels
import Tensor
import Testing

@testable import NeuralNetwork

@Suite struct ExecutorTests {
  /// A bottleneck block with a projection, then one without, as in ResNet; returns the nodes by role.
  func residual(_ shape: [Int], width: Int, stride: Int = 2) throws -> (GraphBuilder, [String: Graph.NodeID])
  {
    var b = GraphBuilder(shape)
    let stem = try b.convolution(b.input, width, kernel: 7, stride: 2, padding: 3)
    let norm = try b.batchNorm(stem)
    let start = try b.relu(norm)
    var x = try b.maxPool(start, 3, stride: 2, padding: 1)
    var nodes = ["stem": stem, "norm": norm, "relu": start, "pool": x]
    for (block, step) in [(1, stride), (2, 1)] {
      var y = try b.relu(try b.batchNorm(try b.convolution(x, width, kernel: 1, padding: 0)))
      y = try b.relu(try b.batchNorm(try b.convolution(y, width, stride: step)))
      y = try b.batchNorm(try b.convolution(y, 2 * width, kernel: 1, padding: 0))
      if block == 1 {
        x = try b.batchNorm(try b.convolution(x, 2 * width, kernel: 1, stride: step, padding: 0))
      }
      let sum = try b.sum(y, x)
      nodes["branch\(block)"] = y
      nodes["sum\(block)"] = sum
      x = try b.relu(sum)
      nodes["block\(block)"] = x
    }
    nodes["features"] = try b.globalAveragePool(x)
    if let features = nodes["features"] { nodes["logits"] = try b.linear(features, 10) }
    return (b, nodes)
  }

  @Test(
    "Residual network, every combination of taps that VITAL uses",
    arguments: [
      ["logits"], ["stem", "block1", "block2"], ["norm", "sum1", "logits"],
      ["relu", "branch1", "sum2", "features"],
      [
        "stem", "norm", "relu", "pool", "branch1", "sum1", "block1", "branch2", "sum2", "block2", "features",
        "logits",
      ],
      ["stem"], ["pool", "branch2"],
    ], [1, 3])
  func residualTaps(names: [String], batch: Int) throws {
    let (b, nodes) = try residual([3, 37, 29], width: 8)
    try expectLikeReference(b.graph, taps: names.compactMap { nodes[$0] }, batch: batch)
  }

  @Test(
    "Seeds at some taps only, deep and shallow",
    arguments: [["stem"], ["block1"], ["logits"], ["stem", "logits"]])
  func someSeeds(names: [String]) throws {
    let (b, nodes) = try residual([3, 32, 32], width: 16)
    let taps = ["stem", "block1", "block2", "logits"].compactMap { nodes[$0] }
    try expectLikeReference(b.graph, taps: taps, seeds: names.compactMap { nodes[$0] })
  }

  @Test("Channel counts that fill no vector", arguments: [1, 3, 5, 13])
  func oddChannels(width: Int) throws {
    let (b, nodes) = try residual([3, 21, 18], width: width)
    try expectLikeReference(b.graph, taps: ["stem", "block2", "logits"].compactMap { nodes[$0] }, batch: 2)
  }

  @Test("Blocks whose 3×3 convolutions run by minimal filtering", arguments: [1, 3])
  func minimalFiltering(batch: Int) throws {
    let (b, nodes) = try residual([3, 70, 58], width: 16, stride: 1)
    try expectLikeReference(
      b.graph, taps: ["stem", "branch1", "block1", "block2", "logits"].compactMap { nodes[$0] }, batch: batch)
  }

  @Test(
    "A stem whose windows reach past the border by more than oneDNN's direct kernel takes", arguments: [1, 3])
  func wideStem(batch: Int) throws {
    var b = GraphBuilder([3, 96, 96])
    let stem = try b.convolution(b.input, 24, kernel: 8, stride: 4, padding: 2, bias: true)
    try expectLikeReference(b.graph, taps: [stem], batch: batch)
  }

  @Test("bfloat16 rounds weights to 8 bits, and no more than weights and what layers read")
  func bfloat16() throws {
    let (convolutional, nodes) = try residual([3, 37, 29], width: 8)
    let (transformer, taps) = try transformer(heads: 2)
    for (graph, taps) in [
      (convolutional.graph, ["stem", "block1", "logits"].compactMap { nodes[$0] }), (transformer.graph, taps),
    ] {
      let options = Executor.Options(precision: .bfloat16)
      try expectLikeReference(graph, taps: taps, batch: 2, options: options, tolerance: 3e-2)
      // A setting without effect would agree with single precision.
      let values = try [Executor.Options(), options].map { options in
        let executor = try Executor(graph: graph, batch: 1, taps: taps, options: options)
        for index in executor.input.indices { executor.input[index] = Float(index % 7) - 3 }
        try executor.forward()
        return taps.map { Array(executor.value(of: $0)) }
      }
      for (single, rounded) in zip(values[0], values[1]) {
        #expect(relativeDistance(rounded, single.map(Double.init)) > 1e-4)
      }
    }
  }

  @Test("Attention blocks", arguments: [(1, 1), (4, 1), (2, 3)])
  func attention(heads: Int, batch: Int) throws {
    let (b, taps) = try transformer(heads: heads)
    let head = taps.suffix(1)
    try expectLikeReference(b.graph, taps: taps, batch: batch)
    try expectLikeReference(b.graph, taps: Array(head), batch: batch)
    try expectLikeReference(b.graph, taps: taps, seeds: [taps[0], taps[2]], batch: batch)
  }

  /// Two blocks of a vision transformer, and its taps from the patches to the head.
  func transformer(heads: Int) throws -> (GraphBuilder, [Graph.NodeID]) {
    var b = GraphBuilder([3, 24, 16])
    let patches = try b.convolution(b.input, 16, kernel: 8, stride: 8, padding: 0, bias: true)
    var x = try b.tokens(patches)
    var taps = [patches, x]
    for _ in 0..<2 {
      let mixed = try b.attention(try b.linear(try b.layerNorm(x), 48), heads: heads)
      x = try b.sum(x, try b.linear(mixed, 16))
      let hidden = try b.gelu(try b.linear(try b.layerNorm(x), 40))
      x = try b.sum(x, try b.linear(hidden, 16))
      taps.append(x)
    }
    taps.append(try b.linear(try b.select(try b.layerNorm(x), 0), 7))
    return (b, taps)
  }

  @Test("A run takes nothing from the heap, but for small tables of oneDNN's own", arguments: [true, false])
  func allocations(convolutional: Bool) throws {
    let graph: Graph
    let taps: [Graph.NodeID]
    if convolutional {
      let (b, nodes) = try residual([3, 70, 58], width: 16, stride: 1)
      (graph, taps) = (b.graph, ["stem", "block1", "logits"].compactMap { nodes[$0] })
    } else {
      let (b, all) = try transformer(heads: 2)
      (graph, taps) = (b.graph, all.suffix(1))
    }
    // On one thread, so that all of the run is counted.
    let executor = try Executor(graph: graph, batch: 2, taps: taps, options: .init(threads: 1))
    func run() throws -> Int {
      allocations_start()
      try executor.forward()
      try executor.backward(from: taps)
      return allocations_count()
    }
    // The first run may make the library's lasting tables.
    _ = try run()
    var inside = 0
    let former = vitrine_set_threads(1)
    defer { _ = vitrine_set_threads(former) }
    for step in executor.steps {
      allocations_start()
      let status = step.run()
      let (taken, largest) = (allocations_count(), allocations_largest())
      #expect(status == 0)
      // Kernels of oneDNN have names such as jit:avx2.
      #expect(taken <= (step.detail.contains(":") ? 16 : 0), "\(step.node) \(step.detail)")
      // Its matrix product for AVX-512 has a table of 72 KiB.
      #expect(largest <= 128 << 10, "\(step.node) \(step.detail)")
      inside += taken
    }
    let whole = try run()
    #expect(whole == inside)
  }

  @Test("Two runs give the same bits")
  func deterministic() throws {
    let (b, nodes) = try residual([3, 45, 45], width: 24)
    let logits = try #require(nodes["logits"])
    func run() throws -> [Float] {
      let executor = try Executor(graph: b.graph, batch: 2, taps: [logits])
      var random = RandomSource(seed: 3)
      for index in executor.input.indices { executor.input[index] = random.normal() }
      for index in executor.seed(of: logits).indices { executor.seed(of: logits)[index] = random.normal() }
      try executor.forward()
      try executor.backward(from: [logits])
      return Array(executor.value(of: logits)) + Array(executor.inputGradient)
    }
    #expect(try run() == run())
  }

  @Test("Two executors of one thread each, on two threads, don't disturb each other")
  func concurrent() async throws {
    let (b, nodes) = try residual([3, 45, 45], width: 24)
    let (graph, logits) = (b.graph, try #require(nodes["logits"]))
    @Sendable func run() throws -> [Float] {
      let executor = try Executor(graph: graph, batch: 1, taps: [logits], options: .init(threads: 1))
      var random = RandomSource(seed: 3)
      for index in executor.input.indices { executor.input[index] = random.normal() }
      executor.seed(of: logits)[0] = 1
      for _ in 0..<20 {
        try executor.forward()
        try executor.backward(from: [logits])
      }
      return Array(executor.value(of: logits)) + Array(executor.inputGradient)
    }
    async let first = Task.detached { try run() }.value
    async let second = Task.detached { try run() }.value
    let alone = try run()
    let pair = try await [first, second]
    #expect(pair[0] == alone && pair[1] == alone)
  }
}
