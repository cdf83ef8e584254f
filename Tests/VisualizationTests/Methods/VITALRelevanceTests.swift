import Models
import NeuralNetwork
import Testing

@testable import Visualization

/// VITAL with relevance: what it takes for granted, what it refuses, and that its gradient is one.
@Suite struct VITALRelevanceTests {
  private let layer = "layer3"

  private func request(_ model: Model, _ target: Target) throws -> VisualizationRequest {
    VisualizationRequest(
      model: model, target: target, references: try Demo.references("zebra", count: 3, for: model), seed: 1,
      threads: 1)
  }

  @Test func defaultsAreThePapers() throws {
    let model = try Demo.model()
    let inner = try VITAL(model: model, overrides: Settings(), layer: layer).settings
    #expect(inner["relevance"] == .text("activation") && inner["rules"] == .text("vital"))
    #expect(inner["layers"] == .text("conv1,layer1,layer2"))
    #expect(inner["layer_weights"] == .numbers([0.1, 1, 1]))
    #expect(inner["tv_l2"] == .number(3e-6) && inner["l2"] == .number(3e-6))
    let classes = try VITAL(model: model)
    #expect(classes.settings["relevance"] == .text("none") && classes.weightingName.isEmpty)
    let weighted = try VITAL(model: model, overrides: Settings(["relevance": .text("activation")]))
    #expect(weighted.settings["tv_l2"] == .number(1e-5) && weighted.matchedLayers.count == 5)
    let transformer = try Model.load(Golden.root.appendingPathComponent("content/models/demo-vit").path)
    let rules = try VITAL(
      model: transformer, overrides: Settings(), layer: "encoder.layers.encoder_layer_3")
    #expect(rules.settings["rules"] == .text("attention"))
  }

  @Test("Nothing lies below the stem, so its channels are matched as classes are")
  func stem() throws {
    let method = try VITAL(model: try Demo.model(), overrides: Settings(), layer: "conv1")
    #expect(method.settings["relevance"] == .text("none") && method.matchedLayers.count == 5)
  }

  @Test func settingsForClassesStayWithClasses() throws {
    let model = try Demo.model()
    let written = Settings([
      "layer_weights": .numbers([1, 1, 1, 1, 10]), "tv_l2": .number(3e-4), "steps": .number(7),
    ])
    #expect(VITAL.shared(written, model: model, layer: layer) == Settings(["steps": .number(7)]))
    #expect(VITAL.shared(written, model: model, layer: nil) == written)
    #expect(FourierVisualization.shared(written, model: model, layer: layer) == written)
  }

  @Test func whatHasNoRelevanceIsRefused() throws {
    let model = try Demo.model()
    #expect(throws: VisualizationError.self) {
      try VITAL(model: model, overrides: Settings(["matching": .text("histogram")]), layer: layer)
    }
    // A sum over two layers has no single place to start from.
    let method = try VITAL(
      model: model, overrides: Settings(["relevance": .text("activation"), "steps": .number(2)]))
    let sum = Target([
      .init(1, .layer("layer3", .channel(1), position: nil)),
      .init(1, .layer("layer4", .channel(1), position: nil)),
    ])
    #expect(sum.layer == nil)
    #expect(throws: VisualizationError.self) { try method.visualize(try request(model, sum)) { _ in } }
    // A layer above the neuron.
    let above = try VITAL(
      model: model, overrides: Settings(["layers": .text("layer4"), "steps": .number(2)]), layer: layer)
    do {
      _ = try above.visualize(try request(model, .channel(layer: layer, channel: 1))) { _ in }
      Issue.record("layer4 doesn't lead to layer3")
    } catch { #expect("\(error)".contains("doesn't lead to")) }
  }

  @Test(arguments: ["activation", "position", "guided"]) func allKindsWork(_ kind: String) throws {
    let model = try Demo.model()
    let overrides = Settings(["relevance": .text(kind), "steps": .number(3)])
    for target in [
      Target.channel(layer: layer, channel: 1),
      .direction(layer: layer, weights: (0..<64).map { Float($0 % 3) - 1 }),
    ] where target.layer == layer {
      let method = try VITAL(model: model, overrides: overrides, layer: layer)
      var work = try request(model, target)
      let made = try method.visualize(work) { _ in }
      #expect(made.steps == 3 && made.warnings.isEmpty)
      // Statistics that were measured before give the same.
      work.statistics = try method.measure(work.references, for: target, options: .init(threads: 1)) { _ in }
      #expect(try method.visualize(work) { _ in }.image == made.image)
      work.statistics = try ReferenceStatistics.measure(work.references, in: model, threads: 1)
      #expect(throws: VisualizationError.self) { try method.visualize(work) { _ in } }
    }
  }

  @Test func transformersHaveRelevanceToo() throws {
    let model = try Model.load(Golden.root.appendingPathComponent("content/models/demo-vit").path)
    let layer = "encoder.layers.encoder_layer_2"
    let method = try VITAL(model: model, overrides: Settings(["steps": .number(3)]), layer: layer)
    #expect(method.weightingName == "activation attention")
    let made = try method.visualize(try request(model, .channel(layer: layer, channel: 5))) { _ in }
    #expect(made.warnings.isEmpty && made.trace.allSatisfy(\.loss.isFinite))
  }

  @Test("A neuron that is silent at first still gets a gradient")
  func silentNeurons() throws {
    let model = try Demo.model()
    let weighting = try #require(
      RelevanceWeighting(try VITAL(model: model, overrides: Settings(), layer: "layer4").settings))
    // A black picture, which leaves some channels silent.
    var black = [Float](repeating: 0, count: model.input.count)
    model.input.normalize(&black)
    let top = model.stages[4]
    let executor = try Executor(graph: model.graph, batch: 1, taps: [top], gradient: false)
    _ = executor.input.update(fromContentsOf: black)
    try executor.forward()
    let area = model.graph[top].shape.dropFirst().reduce(1, *)
    let value = executor.value(of: top)
    let channel = try #require(
      (0..<model.graph[top].shape[0]).first { channel in
        value[channel * area..<(channel + 1) * area].allSatisfy { $0 == 0 }
      })
    let resolved = try Target.channel(layer: "layer4", channel: channel).resolved(in: model)
    let stages = model.stages.prefix(4).map { $0 }
    let trace = try RelevanceTrace(
      resolved, in: model, by: weighting, method: "vital", layers: stages, options: .init(threads: 1))
    try trace.run(black)
    let count = model.graph[stages[2]].shape.reduce(1, *)
    let relevance = UnsafeBufferPointer(start: trace.relevance(of: stages[2]), count: count)
    #expect(relevance.contains { $0 > 0 } && relevance.allSatisfy(\.isFinite))
  }
}
