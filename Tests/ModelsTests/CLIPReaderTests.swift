import Foundation
import NeuralNetwork
import Synchronization
import Testing

@testable import Models

/// Checkpoints of both towers with a vocabulary beside them, from files to classes.
@Suite struct CLIPReaderTests {
  private let files: ModelFolder
  private let options: ZeroShotOptions

  init() throws {
    files = try ModelFolder()
    options = ZeroShotOptions(templates: .simple, cache: ZeroShotCache(folder: files.path + "/cache"))
    try files.folder.write("#version: 0.2\nd o\ndo g</w>\nc a\nca t</w>\n", "merges.txt")
  }

  private static var tower: CLIPImageTower {
    CLIPImageTower(patch: 8, hidden: 64, layers: 1, mlp: 32, inputSize: 16, embedding: 24)
  }

  /// Writes both towers; the text tower's shapes may be changed.
  private func write(
    _ names: CLIPNames = .openAI, symbols: Int = 518,
    change: (inout [(name: String, shape: [Int], values: [Float])]) -> Void = { _ in }
  ) throws -> String {
    var tower = Self.tower
    tower.names = names
    return try files.write(tower, as: "clip.safetensors") { tensors in
      for (name, shape) in Self.textShapes(names, symbols: symbols) {
        let parameter = HashedWeights().parameter(name, shape)
        tensors.append((name, shape, copiedNumbers(parameter)))
      }
      change(&tensors)
    }
  }

  private static func textShapes(_ names: CLIPNames, symbols: Int) -> [(String, [Int])] {
    let block = names.textBlock(0)
    var shapes: [(String, [Int])] = [
      (names.textTokens, [symbols, 64]), (names.textPositions, [20, 64]), ("\(names.textNorm).weight", [64]),
      ("\(names.textNorm).bias", [64]), ("\(block).\(names.parts.output).weight", [64, 64]),
      ("\(block).\(names.parts.output).bias", [64]),
      (names.textProjection.tensor, names.textProjection.isTransposed ? [64, 24] : [24, 64]),
      (CLIPNames.scale, []),
    ]
    switch names.parts.query {
    case .joined(let weight, let bias):
      shapes += [("\(block).\(weight)", [192, 64]), ("\(block).\(bias)", [192])]
    case .separate(let layers):
      for layer in layers {
        shapes += [("\(block).\(layer).weight", [64, 64]), ("\(block).\(layer).bias", [64])]
      }
    }
    for norm in [names.parts.firstNorm, names.parts.secondNorm] {
      shapes += [("\(block).\(norm).weight", [64]), ("\(block).\(norm).bias", [64])]
    }
    let perceptron = names.parts.perceptron
    for (layer, extents) in [(perceptron.first, [32, 64]), (perceptron.second, [64, 32])] {
      shapes += [("\(block).\(layer).weight", extents), ("\(block).\(layer).bias", [extents[0]])]
    }
    return shapes
  }

  @Test(arguments: CLIPNames.all.indices) func namesBecomeClasses(naming: Int) throws {
    let path = try write(CLIPNames.all[naming])
    let told = Mutex<[ZeroShotOptions.Progress]>([])
    var options = options
    options.progress = { progress in told.withLock { $0.append(progress) } }
    let model = try Model.load(path, classes: .list(["dog", "cat", "a cat & a dog"]), zeroShot: options)
    #expect(model.labels == ["dog", "cat", "a cat & a dog"])
    #expect(model.hasClasses)
    #expect(told.withLock { $0.last } == .init(done: 3, total: 3))
    let numbers = try weights(of: model)
    #expect(numbers.count == 3 * 24)
    let scale = exp(copiedNumbers(HashedWeights().parameter(CLIPNames.scale, []))[0])
    for row in 0..<3 {
      let square = numbers[row * 24..<(row + 1) * 24].reduce(0) { $0 + $1 * $1 }
      #expect(abs(square.squareRoot() / scale - 1) < 1e-5)
    }
    // Another order, another network.
    let other = try Model.load(path, classes: .list(["cat", "dog", "a cat & a dog"]), zeroShot: options)
    #expect(other.networkHash != model.networkHash)
    let swapped = try weights(of: other)
    for (ours, theirs) in zip(swapped.prefix(24), numbers[24..<48]) {
      #expect(abs(ours - theirs) < 1e-5 * scale)
    }
  }

  @Test func severalSentencesAreAveraged() throws {
    let path = try write()
    var options = options
    options.templates = PromptTemplates(["a {}.", "the {}!"])
    let model = try Model.load(path, classes: .list(["dog", "cat"]), zeroShot: options)
    let both = try (0..<2).map { sentence in
      var options = options
      options.templates = PromptTemplates([["a {}.", "the {}!"][sentence]])
      return try weights(of: Model.load(path, classes: .list(["dog", "cat"]), zeroShot: options))
    }
    let sum = zip(both[0], both[1]).map { Double($0 + $1) }
    let means = (0..<2).flatMap { row -> [Double] in
      let numbers = sum[row * 24..<(row + 1) * 24]
      let length = numbers.reduce(0) { $0 + $1 * $1 }.squareRoot()
      return numbers.map { $0 / length }
    }
    let scale = Double(exp(copiedNumbers(HashedWeights().parameter(CLIPNames.scale, []))[0]))
    for (ours, mean) in zip(try weights(of: model), means) {
      #expect(abs(Double(ours) / scale - mean) < 1e-5)
    }
  }

  @Test func whatIsKnownIsntReadAgain() throws {
    let path = try write()
    let first = try weights(of: Model.load(path, classes: .list(["dog", "cat"]), zeroShot: options))
    let cache = files.path + "/cache"
    let entries = try FileManager.default.contentsOfDirectory(atPath: cache)
    #expect(entries.count == 1 && entries[0].hasSuffix(".safetensors"))
    let count = Mutex(0)
    var options = options
    options.progress = { _ in count.withLock { $0 += 1 } }
    #expect(try weights(of: Model.load(path, classes: .list(["dog", "cat"]), zeroShot: options)) == first)
    #expect(count.withLock { $0 } == 0)
    // A damaged entry is made again, and so is one of numbers that are none.
    for damage in [
      Data(), Data("nonsense".utf8),
      CheckpointFile.floats([("directions", [2, 24], Array(repeating: .nan, count: 48))]),
    ] {
      try damage.write(to: URL(fileURLWithPath: cache + "/" + entries[0]))
      count.withLock { $0 = 0 }
      #expect(try weights(of: Model.load(path, classes: .list(["dog", "cat"]), zeroShot: options)) == first)
      #expect(count.withLock { $0 } > 0)
    }
    // Other weights and another vocabulary know nothing of it.
    try files.folder.write("#version: 0.2\nd o\ndo g</w>\nc a\na t</w>\n", "merges.txt")
    count.withLock { $0 = 0 }
    _ = try Model.load(path, classes: .list(["dog", "cat"]), zeroShot: options)
    #expect(count.withLock { $0 } > 0)
  }

  @Test func aCacheThatCantBeWrittenDoesNoHarm() throws {
    let path = try write()
    try files.folder.write("a file, not a folder", "occupied")
    var options = options
    options.cache = ZeroShotCache(folder: files.path + "/occupied")
    let model = try Model.load(path, classes: .list(["dog"]), zeroShot: options)
    options.cache = nil
    #expect(
      try weights(of: model) == weights(of: Model.load(path, classes: .list(["dog"]), zeroShot: options)))
  }

  @Test func labelsBesideTheCheckpointAreNames() throws {
    let path = try write()
    try files.folder.write("dog\ncat\n", "clip.labels.txt")
    let model = try Model.load(path, zeroShot: options)
    #expect(model.labels == ["dog", "cat"])
    #expect(try model.unit("class:cat").channel == 1)
    try files.folder.write(
      "weights: clip.safetensors\nlabels: clip.labels.txt\ntemplates: mine.txt\n", "model.yaml")
    try files.folder.write("a {} and a {}\n", "mine.txt")
    var options = options
    options.templates = nil
    expectError(containing: "mine.txt:1", "a template needs one {}") {
      _ = try Model.load(files.path, zeroShot: options)
    }
    try files.folder.write("my {}\n\nyour {}\n", "mine.txt")
    let described = try Model.load(files.path, zeroShot: options)
    options.templates = PromptTemplates(["my {}", "your {}"])
    #expect(try weights(of: described) == weights(of: Model.load(path, zeroShot: options)))
  }

  @Test func withoutNamesItHasNoClasses() throws {
    let model = try Model.load(try write())
    #expect(!model.hasClasses)
    #expect(model.labels.first == "dimension 0")
  }

  @Test func whatCantBeReadIsSaid() throws {
    let path = try write()
    expectError(containing: "the caption \"a photo of a dog dog", "CLIP reads 20") {
      let name = Array(repeating: "dog", count: 30).joined(separator: " ")
      _ = try Model.load(path, classes: .list([name]), zeroShot: options)
    }
    let alone = try files.write(Self.tower, as: "image.safetensors")
    expectError(containing: "CLIP's image tower alone", "token_embedding.weight") {
      _ = try Model.load(alone, classes: .list(["dog"]), zeroShot: options)
    }
    let stranger = try write(symbols: 600)
    expectError(containing: "merges.txt", "has 518 symbols, but the checkpoint embeds 600") {
      _ = try Model.load(stranger, classes: .list(["dog"]), zeroShot: options)
    }
    let damaged = try write { tensors in
      tensors.removeAll { $0.name == "ln_final.bias" }
      tensors.append(("transformer.resblocks.9.extra", [1], [1]))
    }
    expectError(containing: "missing: ln_final.bias", "unexpected: transformer.resblocks.9.extra") {
      _ = try Model.load(damaged, classes: .list(["dog"]), zeroShot: options)
    }
    let apart = try write { tensors in
      for index in tensors.indices where tensors[index].name == "text_projection" {
        tensors[index].shape = [32, 48]
      }
    }
    expectError(containing: "no space in common") {
      _ = try Model.load(apart, classes: .list(["dog"]), zeroShot: options)
    }
    let endless = try write { tensors in
      for index in tensors.indices where tensors[index].name == CLIPNames.scale {
        tensors[index].values = [.infinity]
      }
    }
    expectError(containing: "logit_scale") {
      _ = try Model.load(endless, classes: .list(["dog"]), zeroShot: options)
    }
    expectError(containing: "1 labels, but the network of", "has 10 classes") {
      _ = try Model.load(try files.write(ModelFolder.plainResNet), classes: .list(["dog"]))
    }
  }

  @Test func templatesAreThoseOfTheNotebook() throws {
    #expect(PromptTemplates.ensemble.texts.count == 80)
    #expect(Set(PromptTemplates.ensemble.texts).count == 80)
    #expect(PromptTemplates.subset.texts.count == 7)
    #expect(PromptTemplates.subset.texts.allSatisfy(PromptTemplates.ensemble.texts.contains))
    #expect(PromptTemplates.simple.prompts(for: "{} in braces") == ["a photo of a {} in braces."])
    #expect(try PromptTemplates.named("subset") == .subset)
    expectError(containing: "there are no such templates") { _ = try PromptTemplates.named("all") }
    for text in ["", "a\n", "{} {}\n"] {
      let path = try files.folder.write(Data(text.utf8), "templates.txt")
      expectError(containing: path) { _ = try PromptTemplates.named(path) }
    }
  }

  private func weights(of model: Model) throws -> [Float] {
    guard case .linear(let scores) = model.graph[model.logits].operation else { return [] }
    return copiedNumbers(scores.weight)
  }
}
