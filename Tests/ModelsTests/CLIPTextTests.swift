import Checkpoints
import Foundation
import NeuralNetwork
import Tensor
import Testing

@testable import Models

/// CLIP's text tower and the scores of pictures for texts against open_clip and transformers (tools/golden_clip.py).
@Suite(.serialized) struct CLIPTextTests {
  @Test(arguments: ["clip-openai", "clip-hf", "clip-small"]) func texts(name: String) throws {
    let golden = try Golden(name)
    let reader = try CLIPTextEncoder(golden.text, weights: HashedWeights())
    var told: [Int] = []
    let embeddings = try reader.embeddings(of: golden.tokens) { told.append($0) }
    let expected = try golden.numbers("texts")
    #expect(embeddings.count == expected.count)
    let error = zip(embeddings, expected).map { abs($0 - $1) }.max() ?? .infinity
    let scale = expected.map(abs).max() ?? 0
    #expect(error <= 1e-4 * scale, "texts")
    #expect(told.last == golden.tokens.count && told == told.sorted())
  }

  @Test(arguments: ["clip-openai", "clip-hf", "clip-small"]) func scores(name: String) throws {
    let golden = try Golden(name)
    var tower = golden.tower
    let logarithm = copiedNumbers(HashedWeights().parameter("logit_scale", []))
    tower.zeroShot = ZeroShotClasses(
      names: golden.captions, directions: try golden.numbers("texts"), scale: exp(logarithm[0]))
    let model = try Model.hashed(tower)
    #expect(model.labels == golden.captions)
    #expect(model.graph[model.logits].name == "logits_per_image")
    let executor = try Executor(
      graph: model.graph, batch: 1, taps: [model.logits], options: .init(threads: 1))
    _ = executor.input.update(fromContentsOf: HashedWeights.numbers(golden.input, count: model.input.count))
    try executor.forward()
    let expected = try golden.numbers("logits")
    let scale = expected.map(abs).max() ?? 0
    for (ours, theirs) in zip(executor.value(of: model.logits), expected) {
      #expect(abs(ours - theirs) <= 1e-4 * scale)
    }
    executor.seed(of: model.logits).update(repeating: 0)
    executor.seed(of: model.logits)[golden.classIndex] = 1
    try executor.backward(from: [model.logits])
    let stored = try golden.numbers("gradient")
    var places = SplitMix64(state: SplitMix64.hash("place:gradient"))
    let gradient = executor.inputGradient
    let (samples, all) = (stored.dropFirst(3).map(Double.init), gradient.count)
    let ours =
      samples.count == all
      ? gradient.map(Double.init) : samples.map { _ in Double(gradient[Int(places.next() % UInt64(all))]) }
    let difference = GoldenNetwork.Difference(samples, ours)
    #expect(difference.distance <= 1e-3)
    #expect(difference.cosine >= 0.99999)
  }

  /// A fixture of texts with the towers of its shapes.
  private struct Golden {
    let file: Checkpoint
    let tower: CLIPImageTower
    let text: CLIPTextTower
    let captions: [String]
    let tokens: [[Int]]
    let input: String
    let classIndex: Int

    init(_ name: String) throws {
      let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../Fixtures/clip/\(name).safetensors").standardized.path
      file = try Checkpoint(path: path)
      captions = try JSONDecoder().decode(
        [String].self, from: Data(try #require(file.metadata["texts"]).utf8))
      input = try #require(file.metadata["input"])
      classIndex = try #require(file.metadata["class"].flatMap { Int($0) })
      let folder = try TemporaryFolder()
      if name == "clip-small" {
        try folder.write(
          """
          {"vision_config": {"num_attention_heads": 3, "hidden_act": "gelu"},
           "text_config": {"num_attention_heads": 4, "hidden_act": "gelu"}}
          """, "config.json")
      }
      let place = folder.path("model.safetensors")
      tower = try CLIPImageTowerTests.tower(name, path: place)
      text = try CLIPTextTower(
        TensorShapes(path: place, shapes: try CLIPImageTowerTests.shapes(name)), settings: .empty(name),
        tower.names)
      tokens = try CLIPTokenizer(try CLIPTokenizerTests.shipped.get()).tokens(of: captions)
    }

    func numbers(_ name: String) throws -> [Float] { try #require(file[name]).array() }
  }
}
