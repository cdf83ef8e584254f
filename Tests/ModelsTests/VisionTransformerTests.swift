import NeuralNetwork
import Testing

@testable import Models

@Suite struct VisionTransformerTests {
  /// Numbers of parameters from torchvision's model pages.
  @Test(
    arguments: zip(
      [
        VisionTransformer(patch: 16, hidden: 768, layers: 12, heads: 12, mlp: 3072),
        VisionTransformer(patch: 32, hidden: 768, layers: 12, heads: 12, mlp: 3072),
        VisionTransformer(patch: 16, hidden: 1024, layers: 24, heads: 16, mlp: 4096),
        VisionTransformer(patch: 32, hidden: 1024, layers: 24, heads: 16, mlp: 4096),
        VisionTransformer(patch: 14, hidden: 1280, layers: 32, heads: 16, mlp: 5120, inputSize: 518),
      ],
      [
        ("ViT-B/16", 86_567_656), ("ViT-B/32", 88_224_232), ("ViT-L/16", 304_326_632),
        ("ViT-L/32", 306_535_400),
        ("ViT-H/14", 633_470_440),
      ]))
  func theUsualMembers(_ network: VisionTransformer, _ expected: (title: String, parameters: Int)) throws {
    let shapes = try Shapes.of(network)
    #expect(VisionTransformer.recognizes(shapes))
    #expect(!ResNet.recognizes(shapes))
    let read = try VisionTransformer(shapes, settings: .empty("x"))
    #expect(read.title == expected.title)
    #expect(read.inputSize == network.inputSize)
    #expect(try Shapes.learnedCount(read) == expected.parameters)
  }

  @Test func nodesHaveTorchvisionsNames() throws {
    let model = try Model.hashed(GoldenTests.smallViT)
    let graph = model.graph
    let block = "encoder.layers.encoder_layer_5"
    let names = [
      "ln_1", "self_attention", "add", "ln_2", "mlp", "mlp.0", "mlp.1", "mlp.3", "mlp.linear_1", "add_1",
    ]
    for name in names { #expect(graph.node(named: "\(block).\(name)") != nil, "\(name)") }
    for name in ["conv_proj", block, "encoder.ln", "heads.head"] { #expect(graph.node(named: name) != nil) }
    #expect(graph.node(named: block) == graph.node(named: "\(block).add_1"))
    #expect(model.stages.map { graph[$0].shape } == [[48, 5, 5]] + [[Int]](repeating: [26, 48], count: 4))
    #expect(graph[model.penultimate].shape == [48])
    #expect(model.penultimateMap == graph.node(named: "encoder.ln"))
  }

  @Test(
    arguments: zip(
      [1, 3, 4, 6, 12, 24, 32],
      [[0], [0, 1, 2], [0, 1, 2, 3], [0, 2, 4, 5], [0, 4, 8, 11], [2, 9, 20, 23], [0, 11, 21, 31]]))
  func tappedBlocks(_ layers: Int, _ expected: [Int]) {
    #expect(VisionTransformer.tappedBlocks(of: layers) == expected)
  }

  @Test func oldNamesOfThePerceptron() throws {
    var network = GoldenTests.smallViT
    network.heads = 1
    network.names = .torchvisionOld
    let shapes = try Shapes.of(network)
    #expect(shapes.has("encoder.layers.encoder_layer_0.mlp.linear_2.bias"))
    #expect(VisionTransformer.recognizes(shapes))
    #expect(try network.read(by: shapes).names == .torchvisionOld)
  }

  @Test func headsOfOtherThan64MustBeDescribed() throws {
    let shapes = try Shapes.of(GoldenTests.smallViT)
    expectError(containing: "48 numbers", "heads:") {
      _ = try VisionTransformer(shapes, settings: .empty("x"))
    }
  }

  @Test func positionsMustMakeASquare() {
    let shapes = TensorShapes(
      path: "test.safetensors",
      shapes: [
        "class_token": [1, 1, 64], "conv_proj.weight": [64, 3, 8, 8],
        "encoder.pos_embedding": [1, 11, 64],
        "heads.head.weight": [2, 64],
        "encoder.layers.encoder_layer_0.ln_1.weight": [64],
        "encoder.layers.encoder_layer_0.mlp.0.weight": [64, 64],
      ])
    expectError(containing: "encoder.pos_embedding", "11 tokens") {
      _ = try VisionTransformer(shapes, settings: .empty("x"))
    }
  }
}

extension VisionTransformer {
  /// The same network as its shapes tell it, its heads described.
  fileprivate func read(by shapes: TensorShapes) throws -> VisionTransformer {
    let folder = try TemporaryFolder()
    let path = try folder.write("heads: \(heads)\n", "model.yaml")
    return try VisionTransformer(
      shapes, settings: try YAMLMapping(try YAMLFile.root(path: path), path: path, keys: ["heads"]))
  }
}
