import NeuralNetwork
import Testing

@testable import Models

@Suite struct ResNetTests {
  /// Numbers of parameters from torchvision's model pages.
  @Test(
    arguments: zip(
      [
        ResNet(block: .basic, blocks: [2, 2, 2, 2]), ResNet(block: .basic, blocks: [3, 4, 6, 3]),
        ResNet(block: .bottleneck, blocks: [3, 4, 6, 3]), ResNet(block: .bottleneck, blocks: [3, 4, 23, 3]),
        ResNet(block: .bottleneck, blocks: [3, 8, 36, 3]),
        ResNet(block: .bottleneck, blocks: [3, 4, 6, 3], groups: 32, widthPerGroup: 4),
        ResNet(block: .bottleneck, blocks: [3, 4, 6, 3], widthPerGroup: 128),
      ],
      [
        ("ResNet-18", 11_689_512), ("ResNet-34", 21_797_672), ("ResNet-50", 25_557_032),
        ("ResNet-101", 44_549_160),
        ("ResNet-152", 60_192_808), ("ResNeXt-50 32×4d", 25_028_904), ("Wide ResNet-50-2", 68_883_240),
      ]))
  func theUsualMembers(_ network: ResNet, _ expected: (title: String, parameters: Int)) throws {
    // The shapes alone must tell the member.
    let shapes = try Shapes.of(network)
    #expect(ResNet.recognizes(shapes))
    #expect(!VisionTransformer.recognizes(shapes))
    let read = try ResNet(shapes, settings: .empty("x"))
    #expect(read.title == expected.title)
    #expect(try Shapes.learnedCount(read) == expected.parameters)
  }

  @Test func nodesHaveTorchvisionsNames() throws {
    let model = try Model.hashed(ResNet(block: .bottleneck, blocks: [1, 1, 1, 2], width: 8, classes: 4))
    let graph = model.graph
    let names = [
      "conv1", "bn1", "relu", "maxpool", "layer1.0.conv1", "layer1.0.downsample.0", "layer1.0.downsample",
      "layer4.1.bn3", "layer4.1.relu_2", "avgpool", "fc",
    ]
    for name in names { #expect(graph.node(named: name) != nil, "\(name)") }
    #expect(graph.node(named: "layer4.1.downsample.0") == nil)
    #expect(graph.node(named: "layer4") == graph.node(named: "layer4.1"))
    #expect(graph.node(named: "layer4") != graph.node(named: "layer4.0"))
    #expect(model.stageNames == ["conv1", "layer1", "layer2", "layer3", "layer4"])
    #expect(model.stages.map { graph[$0].shape[1] } == [112, 56, 28, 14, 7])
    #expect(graph[model.penultimate].name == "avgpool")
    #expect(model.penultimateMap == graph.node(named: "layer4"))
    #expect(graph[model.logits].shape == [4])
  }

  @Test func aSmallStemKeepsTheSize() throws {
    let network = ResNet(
      block: .basic, blocks: [1, 1, 1, 1], width: 8,
      stem: .init(kernel: 8, stride: 4, padding: 2, pool: false))
    let model = try Model.hashed(network, input: InputSpecification(size: 96))
    #expect(
      model.stages.map { model.graph[$0].shape } == [
        [8, 24, 24], [8, 24, 24], [16, 12, 12], [32, 6, 6], [64, 3, 3],
      ])
    #expect(model.graph.node(named: "maxpool") == nil)
  }

  @Test func anUnusualStemMustBeDescribed() throws {
    let network = ResNet(
      block: .basic, blocks: [1, 1, 1, 1], width: 8,
      stem: .init(kernel: 3, stride: 1, padding: 1, pool: false))
    let shapes = try Shapes.of(network)
    expectError(containing: "3×3", "model.yaml", "stem: {kernel: 3") {
      _ = try ResNet(shapes, settings: .empty("x"))
    }
  }

  @Test func picturesTooSmallForItAreRefused() throws {
    let network = ResNet(block: .basic, blocks: [1, 1, 1, 1], stem: .init(kernel: 7, stride: 2, padding: 0))
    expectError(containing: "conv1", "doesn't fit an extent of 5") {
      _ = try Model.hashed(network, input: InputSpecification(size: 5))
    }
  }
}
