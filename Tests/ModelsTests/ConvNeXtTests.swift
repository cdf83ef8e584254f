import NeuralNetwork
import Testing

@testable import Models

@Suite struct ConvNeXtTests {
  /// Numbers of parameters from torchvision's model pages.
  @Test(
    arguments: zip(
      [
        ConvNeXt(blocks: [3, 3, 9, 3], widths: [96, 192, 384, 768]),
        ConvNeXt(blocks: [3, 3, 27, 3], widths: [96, 192, 384, 768]),
        ConvNeXt(blocks: [3, 3, 27, 3], widths: [128, 256, 512, 1024]),
        ConvNeXt(blocks: [3, 3, 27, 3], widths: [192, 384, 768, 1536]),
      ],
      [
        ("ConvNeXt-tiny", 28_589_128), ("ConvNeXt-small", 50_223_688), ("ConvNeXt-base", 88_591_464),
        ("ConvNeXt-large", 197_767_336),
      ]))
  func theUsualMembers(_ network: ConvNeXt, _ expected: (title: String, parameters: Int)) throws {
    let shapes = try Shapes.of(network)
    #expect(try Architectures.recognized(shapes) == ConvNeXt.self)
    let read = try ConvNeXt(shapes, settings: .empty("x"))
    #expect(read.title == expected.title)
    #expect(try Shapes.learnedCount(read) == expected.parameters)
  }

  @Test func nodesHaveTorchvisionsNames() throws {
    let model = try Model.hashed(
      ConvNeXt(blocks: [1, 1, 2, 2], widths: [8, 16, 24, 32], classes: 3), input: InputSpecification(size: 64)
    )
    let graph = model.graph
    for name in ["features.0.0", "features.1.0.block.3", "features.7", "features.7.1.add", "classifier.2"] {
      #expect(graph.node(named: name) != nil, "\(name)")
    }
    #expect(
      model.stageNames == ["features.0", "features.2.1", "features.4.1", "features.6.1", "features.7.1.add"])
    #expect(model.stages.map { graph[$0].shape[1] } == [16, 8, 4, 2, 2])
    #expect(graph[try model.node("features.1.0.block.3")].shape == [256, 32])
    #expect(graph[model.penultimate].shape == [32])
  }
}
