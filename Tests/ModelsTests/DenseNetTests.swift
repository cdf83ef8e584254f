import NeuralNetwork
import Testing

@testable import Models

@Suite struct DenseNetTests {
  /// Numbers of parameters from torchvision's model pages.
  @Test(
    arguments: zip(
      [
        DenseNet(growth: 32, blocks: [6, 12, 24, 16], width: 64),
        DenseNet(growth: 48, blocks: [6, 12, 36, 24], width: 96),
        DenseNet(growth: 32, blocks: [6, 12, 32, 32], width: 64),
        DenseNet(growth: 32, blocks: [6, 12, 48, 32], width: 64),
      ],
      [
        ("DenseNet-121", 7_978_856), ("DenseNet-161", 28_681_000), ("DenseNet-169", 14_149_480),
        ("DenseNet-201", 20_013_928),
      ]))
  func theUsualMembers(_ network: DenseNet, _ expected: (title: String, parameters: Int)) throws {
    let shapes = try Shapes.of(network)
    #expect(try Architectures.recognized(shapes) == DenseNet.self)
    let read = try DenseNet(shapes, settings: .empty("x"))
    #expect(read.title == expected.title)
    #expect(try Shapes.learnedCount(read) == expected.parameters)
  }

  @Test func oldNamesOfALayersParts() throws {
    var network = DenseNet(growth: 4, blocks: [2, 1], width: 8, classes: 3)
    network.layerNames = .old
    let shapes = try Shapes.of(network)
    #expect(shapes.has("features.denseblock1.denselayer2.norm.1.running_mean"))
    #expect(!shapes.has("features.denseblock1.denselayer2.norm1.running_mean"))
    #expect(try Architectures.recognized(shapes) == DenseNet.self)
    let read = try DenseNet(shapes, settings: .empty("x"))
    #expect(read.layerNames == .old && read.blocks == [2, 1] && read.growth == 4 && read.width == 8)
  }

  @Test func nodesHaveTorchvisionsNames() throws {
    let model = try Model.hashed(DenseNet(growth: 4, blocks: [2, 3], width: 8, classes: 3))
    let graph = model.graph
    let names = [
      "features.conv0", "features.pool0", "features.denseblock1.denselayer2.norm1",
      "features.transition1.pool",
      "features.denseblock2", "features.norm5", "features", "classifier",
    ]
    for name in names { #expect(graph.node(named: name) != nil, "\(name)") }
    #expect(
      graph.node(named: "features.denseblock2.denselayer3")
        == graph.node(named: "features.denseblock2.denselayer3.conv2"))
    #expect(model.stageNames == ["features.conv0", "features.denseblock1", "features.denseblock2"])
    #expect(model.stages.map { graph[$0].shape } == [[8, 112, 112], [16, 56, 56], [20, 28, 28]])
    #expect(graph[model.penultimate].shape == [20])
  }
}
