import Models
import NeuralNetwork
import Relevance
import Testing

@testable import Attribution

@Suite struct CircuitFinderTests {
  private func settings(_ depth: Int, _ channels: Int, _ rules: RelevanceComposite? = nil)
    -> CircuitFinder.Settings
  {
    var settings = CircuitFinder.Settings()
    (settings.depth, settings.channels, settings.rules) = (depth, channels, rules)
    return settings
  }

  private func find(_ model: Model, _ settings: CircuitFinder.Settings, pictures: Int = 4) throws -> Circuit {
    try CircuitFinder(model, class: 3, settings: settings).find(
      pictures: pictures, options: .init(threads: 1), picture: TestModels.picture)
  }

  @Test("By the epsilon rule a penultimate channel has activation × weight", arguments: ["resnet", "vit"])
  func firstLevel(name: String) throws {
    let model = try name == "vit" ? TestModels.visionTransformer() : TestModels.resNet()
    guard case .linear(let linear) = model.graph[model.logits].operation else {
      Issue.record("the classifier isn't linear")
      return
    }
    let features = linear.weight.shape[1]
    let circuit = try find(model, settings(1, features, .epsilon), pictures: 7)
    var rows: [[Double]] = []
    try PictureRunner(model: model, taps: [model.penultimate], batch: 1)
      .run(count: 7, picture: TestModels.picture) { _, value in
        rows.append(
          value(model.penultimate).enumerated().map { Double($1 * linear.weight.values[3 * features + $0]) })
      }
    let positive = (0..<features).map { c in rows.reduce(0) { $0 + $1[c] } / 7 }.filter { $0 > 0 }
    #expect(circuit.nodes.count == positive.count && circuit.count == 7)
    for node in circuit.nodes {
      let values = rows.map { $0[node.channel] }
      let mean = values.reduce(0, +) / 7
      let spread = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 7).squareRoot()
      #expect(abs(node.relevance.mean - mean) < 1e-3 * max(0.1, abs(mean)))
      #expect(abs(node.relevance.spread - spread) < 1e-3 * max(0.1, spread))
    }
    #expect(abs(circuit.nodes.reduce(0) { $0 + $1.share } - 1) < 1e-9)
    let means = circuit.nodes.map(\.relevance.mean)
    #expect(zip(means, means.dropFirst()).allSatisfy { $0 >= $1 })
  }

  /// Relevance is sent on linearly: what all channels of a level have from below is what the class has from there.
  @Test(arguments: ["resnet", "vit"]) func levelsAddUp(name: String) throws {
    let model = try name == "vit" ? TestModels.visionTransformer() : TestModels.resNet()
    let layers = Array(model.circuitLayers.prefix(3))
    let nodes = try layers.map { try #require(model.node(ofLayer: $0)) }
    let rules = AttributionMethod.usualRules(for: model.architecture)
    let tracer = try CircuitTracer(model, class: 3, levels: nodes, rules: rules, options: .init(threads: 1))
    let picture = TestModels.picture(1)
    func all(_ level: Int, uppers: Int) -> [CircuitTracer.Step] {
      (0..<model.graph.channelCount(of: nodes[level])).map { .init(channel: $0, uppers: Set(0..<uppers)) }
    }
    let first = all(0, uppers: 1)
    let second = all(1, uppers: first.count)
    for (level, path) in [(1, [first]), (2, [first, second])] {
      let direct = try CircuitTracer(
        model, class: 3, levels: [nodes[level]], rules: rules, options: .init(threads: 1)
      ).trace(picture, along: [])[0]
      let parts = try tracer.trace(picture, along: path)
      let size = direct.reduce(0) { $0 + abs($1) }
      for channel in direct.indices {
        let sum = parts.reduce(0) { $0 + $1[channel] }
        #expect(abs(sum - direct[channel]) < 1e-3 * size, "\(layers[level]):\(channel)")
      }
    }
  }

  @Test func nodesAreSharedAndEdgesAddUp() throws {
    let circuit = try find(try TestModels.resNet(), settings(3, 3))
    #expect(circuit.layers == ["layer4", "layer3", "layer2"])
    #expect(circuit.channels(ofLevel: 1).count <= 3 && circuit.channels(ofLevel: 2).count <= 9)
    // A channel that two others read is one node.
    #expect(Set(circuit.nodes.map(\.address)).count == circuit.nodes.count)
    for (index, node) in circuit.nodes.enumerated() {
      let edges = circuit.edges.filter { $0.lower == index }
      #expect(!edges.isEmpty)
      let sum = edges.reduce(0) { $0 + $1.relevance.mean }
      #expect(abs(sum - node.relevance.mean) < 1e-9 * max(1, abs(sum)))
      let share = edges.reduce(0) { $0 + $1.share * ($1.upper.map { circuit.nodes[$0].share } ?? 1) }
      #expect(abs(share - node.share) < 1e-9)
      #expect(edges.allSatisfy { ($0.upper.map { circuit.nodes[$0].level } ?? 0) == node.level - 1 })
    }
    #expect(circuit.edges.allSatisfy { $0.share > 0 && $0.share <= 1 && $0.relevance.mean > 0 })
    // Deeper levels leave the upper ones as they are.
    let shallow = try find(try TestModels.resNet(), settings(1, 3))
    #expect(shallow.nodes == circuit.nodes.filter { $0.level == 1 })
  }

  @Test func layersCanBeNamed() throws {
    var named = settings(1, 2)
    named.layers = ["layer3", "layer1"]
    #expect(try find(try TestModels.resNet(), named).layers == ["layer3", "layer1"])
    named.layers = ["layer3", "layer9"]
    #expect(throws: AttributionError.unknownLayer("layer9", model: "tiny-resnet")) {
      try find(try TestModels.resNet(), named)
    }
    // Downwards only.
    named.layers = ["layer1", "layer3"]
    #expect(throws: NetworkError.self) { try find(try TestModels.resNet(), named) }
    #expect(throws: AttributionError.circuitDepth(9, most: 5, model: "tiny-resnet")) {
      try find(try TestModels.resNet(), settings(9, 2))
    }
  }

  @Test func badPicturesAndCancellation() throws {
    let finder = try CircuitFinder(try TestModels.resNet(), class: 0)
    #expect(throws: AttributionError.noPictures("the circuit of a class")) {
      try finder.find(pictures: 0, picture: TestModels.picture)
    }
    #expect(throws: NetworkError.self) {
      try finder.find(pictures: 1) { _ in [Float](repeating: 0, count: 5) }
    }
    #expect(throws: CancellationError.self) {
      try finder.find(pictures: 5, picture: TestModels.picture) {
        if $0.done == 7 { throw CancellationError() }
      }
    }
  }
}
