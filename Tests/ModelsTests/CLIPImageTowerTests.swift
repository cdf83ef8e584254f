import Checkpoints
import NeuralNetwork
import Testing

@testable import Models

/// CLIP's image tower against open_clip and transformers (tools/golden_clip.py), its hyperparameters read off shapes.
@Suite(.serialized) struct CLIPImageTowerTests {
  @Test func openAI() throws {
    let tower = try Self.tower("clip-openai")
    #expect(tower.title == "CLIP ViT-B/32")
    #expect(tower.names.origin == "OpenAI")
    #expect((tower.heads, tower.embedding, tower.layers) == (12, 512, 12))
    try expectGolden("clip-openai", tower)
  }

  @Test func huggingFace() throws {
    let tower = try Self.tower("clip-hf")
    #expect(tower.title == "CLIP ViT-B/32")
    #expect(tower.names.origin == "Hugging Face")
    try expectGolden("clip-hf", tower)
  }

  /// Pictures of another size than the embedding of positions was learned for.
  @Test(arguments: ["clip-openai-96", "clip-hf-96"]) func smallerPictures(name: String) throws {
    var input = try Self.tower(name).input
    (input.size, input.resize) = (96, 96)
    try expectGolden(name, try Self.tower(name), input: input)
  }

  /// Another size, exact GELU, and heads of 32 numbers, which the configuration beside the checkpoint tells.
  @Test func small() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      """
      {"model_type": "clip", "vision_config": {"num_attention_heads": 3, "hidden_act": "gelu", "layer_norm_eps": 1e-05}}
      """, "config.json")
    let tower = try Self.tower("clip-small", path: folder.path("model.safetensors"))
    #expect(tower.title == "CLIP ViT (3 blocks of 96, 3 heads, patches of 16)")
    #expect(tower.inputSize == 48)
    #expect(tower.activation == .gelu)
    try expectGolden("clip-small", tower)
  }

  @Test func everyTensorIsAskedForOnce() throws {
    for name in ["clip-openai", "clip-hf"] {
      let shapes = try Self.shapes(name)
      let tower = try Self.tower(name)
      #expect(Architectures.all.filter { $0.recognizes(TensorShapes(path: name, shapes: shapes)) }.count == 1)
      let asked = try Shapes.all(tower)
      #expect(shapes.keys.filter { asked[$0] == nil && !tower.ignores($0) } == [])
      #expect(shapes.keys.filter { asked[$0] != nil && tower.ignores($0) } == [])
      for (tensor, shape) in asked { #expect(shapes[tensor] == shape, "\(tensor)") }
    }
  }

  @Test func picturesArePreparedAsCLIPs() throws {
    let input = CLIPImageTower(patch: 32, hidden: 768, layers: 12).input
    #expect((input.size, input.resize, input.interpolation) == (224, 224, .bicubic))
    #expect(input.mean[0] == 0.48145466 && input.deviation[2] == 0.27577711)
    #expect(input.scaled(to: 96).resize == 96)
    #expect(InputSpecification(size: 224).scaled(to: 96) == InputSpecification(size: 96))
  }

  @Test func aFileAloneIsRead() throws {
    let files = try ModelFolder()
    let path = try files.write(CLIPImageTower(patch: 8, hidden: 64, layers: 2, inputSize: 32, embedding: 24))
    let model = try Model.load(path)
    #expect(model.architecture == "clip")
    #expect(model.labels == (0..<24).map { "dimension \($0)" })
    #expect(model.input.interpolation == .bicubic)
    #expect(
      model.stageNames == [
        "visual.conv1", "visual.transformer.resblocks.0", "visual.transformer.resblocks.1",
      ])
    for name in ["visual.ln_pre", "visual.ln_post", "visual.proj", "visual.transformer.resblocks.1.mlp.gelu"]
    {
      #expect(model.graph.node(named: name) != nil, "\(name)")
    }
  }

  @Test func theDescriptionSaysWhatTensorsDont() throws {
    let files = try ModelFolder()
    try files.write(CLIPImageTower(patch: 8, hidden: 64, layers: 1, inputSize: 32, embedding: 24))
    try files.folder.write("architecture: clip\nheads: 4\nactivation: gelu\n", "model.yaml")
    let model = try Model.load(files.path)
    #expect(model.input.interpolation == .bicubic)
    let block = "visual.transformer.resblocks.0"
    guard
      case .selfAttention(heads: 4, causal: false) = model.graph[try model.node("\(block).attn.heads")]
        .operation,
      case .gelu = model.graph[try model.node("\(block).mlp.gelu")].operation
    else {
      Issue.record("the settings weren't taken")
      return
    }
  }

  @Test(
    "Configurations that can't be meant",
    arguments: [
      ("{\"vision_config\": {\"hidden_act\": \"tanh\"}}", "hidden_act: \"tanh\" isn't known"),
      ("{\"vision_config\": {\"num_attention_heads\": 5}}", "64 numbers a token can't be split into 5 heads"),
      ("{\"vision_config\": {\"num_attention_heads\": -1}}", "can't be split into -1 heads"),
      (
        "{\"vision_config\": {\"num_attention_heads\": \"many\"}}",
        "vision_config.num_attention_heads has another type"
      ),
      ("{\"vision_config\": 7}", "vision_config has another type"),
      ("{\"vision_config\": {\"layer_norm_eps\": -1}}", "layer_norm_eps"),
      ("[]", "isn't a configuration of CLIP"),
      ("{", "isn't a configuration of CLIP"),
      (String(repeating: "[", count: 100_000), "isn't a configuration of CLIP"),
      (String(repeating: " ", count: 2 << 20), "at most"),
    ])
  func badConfigurations(text: String, message: String) throws {
    let files = try ModelFolder()
    var tower = CLIPImageTower(patch: 8, hidden: 64, layers: 1, inputSize: 32, embedding: 24)
    tower.names = .huggingFace
    let path = try files.write(tower)
    try files.folder.write(text, "config.json")
    expectError(containing: message) { _ = try Model.load(path) }
  }

  @Test func tokensThatAreNoSquareAreRefused() throws {
    let files = try ModelFolder()
    let path = try files.write(CLIPImageTower(patch: 8, hidden: 64, layers: 1, inputSize: 32, embedding: 24))
    { tensors in
      for index in tensors.indices where tensors[index].name == "visual.positional_embedding" {
        tensors[index].shape = [34, 32]
      }
    }
    expectError(containing: "34 tokens aren't one class token and a square of patches") {
      _ = try Model.load(path)
    }
  }

  /// The tower of a fixture's shapes, as if its checkpoint lay at a path.
  static func tower(_ name: String, path: String? = nil) throws -> CLIPImageTower {
    try CLIPImageTower(
      TensorShapes(path: path ?? "/nowhere/\(name)", shapes: try shapes(name)), settings: .empty(name))
  }

  static func shapes(_ name: String) throws -> [String: [Int]] {
    let file = try Checkpoint(path: GoldenNetwork.path(name))
    var shapes: [String: [Int]] = [:]
    for line in try #require(file.metadata["shapes"]).split(separator: "\n") {
      let parts = line.split(separator: " ", omittingEmptySubsequences: false)
      shapes[String(parts[0])] = parts[1].split(separator: ",").compactMap { Int($0) }
    }
    return shapes
  }
}
