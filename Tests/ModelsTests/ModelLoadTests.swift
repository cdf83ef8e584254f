import Checkpoints
import Foundation
import NeuralNetwork
import Testing

@testable import Models

@Suite struct ModelLoadTests {
  let files: ModelFolder

  init() throws { files = try ModelFolder() }

  @Test func aFileAloneTellsItsNetwork() throws {
    let path = try files.write(ModelFolder.plainResNet, as: "My Net.safetensors") { tensors in
      tensors.append(("bn1.num_batches_tracked", [1], [3]))
    }
    let model = try Model.load(path)
    #expect(model.name == "my-net")
    #expect(model.title == "ResNet (basic 1-1-1-1, width 4)")
    #expect(model.architecture == "resnet")
    #expect(model.input == InputSpecification(size: 224, resize: 256))
    #expect(model.labels == (0..<10).map { "class \($0)" })
    #expect(model.weightsHash == (try Checkpoint(path: path)).hash)
    #expect(model.training == nil)
  }

  @Test func weightsAreThoseOfTheFile() throws {
    let path = try files.write(ModelFolder.plainResNet)
    let model = try Model.load(path)
    for node in model.graph.nodes {
      for parameter in node.operation.learned {
        #expect(
          copiedNumbers(parameter)
            == copiedNumbers(HashedWeights().parameter(parameter.name, parameter.shape)))
      }
    }
  }

  @Test func labelsBesideAFileAreTaken() throws {
    let path = try files.write(ModelFolder.plainResNet, as: "net.safetensors")
    try files.folder.write(ModelFolder.labels.joined(separator: "\n"), "net.labels.txt")
    #expect(try Model.load(path).labels == ModelFolder.labels)
  }

  @Test func aFolderIsReadByItsDescription() throws {
    try files.write(GoldenTests.smallResNet)
    try files.folder.write(ModelFolder.labels.joined(separator: "\n") + "\n", "labels.txt")
    try files.folder.write(
      """
      title: A small net
      architecture: resnet
      stem: {kernel: 3, stride: 1, pool: false}
      weights: weights.safetensors
      labels: labels.txt
      input: {size: 32, resize: 36, interpolation: bicubic, mean: [0.5, 0.5, 0.5], deviation: [0.25, 0.25, 0.25]}
      training:
        description: Not at all.
        accuracy: 0.1
        seed: 3
        epochs: 0
        versions: {torch: "2.13", numpy: "2"}
      """, "model.yaml")
    let model = try Model.load(files.path)
    #expect(model.title == "A small net")
    #expect(model.labels == ModelFolder.labels)
    #expect(
      model.input
        == InputSpecification(
          size: 32, resize: 36, interpolation: .bicubic, mean: [0.5, 0.5, 0.5], deviation: [0.25, 0.25, 0.25])
    )
    #expect(model.graph[model.stages[0]].shape == [16, 32, 32])
    let training = try #require(model.training)
    #expect(training.description == "Not at all.")
    #expect(training.accuracy == 0.1)
    #expect(training.seed == 3)
    #expect(training.details.map(\.name) == ["epochs", "versions"])
    #expect(training.details.map(\.value) == ["0", "torch 2.13, numpy 2"])
  }

  @Test func aTransformersSizeAndHeadsAreRead() throws {
    try files.write(GoldenTests.smallViT)
    try files.folder.write("architecture: vision-transformer\nheads: 3\n", "model.yaml")
    let model = try Model.load(files.path)
    #expect(model.input.size == 40)
    #expect(model.input.resize == 46)
    let attention = try #require(
      model.graph.node(named: "encoder.layers.encoder_layer_0.self_attention.heads"))
    guard case .selfAttention(let heads, causal: false) = model.graph[attention].operation else {
      Issue.record("no attention")
      return
    }
    #expect(heads == 3)
  }

  @Test func oneErrorListsEveryTensor() throws {
    let path = try files.write(ModelFolder.plainResNet) { tensors in
      tensors.removeAll { $0.name == "layer2.0.bn2.bias" || $0.name == "layer3.0.conv2.weight" }
      tensors.append(("extra", [2], [1, 2]))
      for index in tensors.indices {
        switch tensors[index].name {
        case "layer1.0.bn1.weight": tensors[index].shape = [2, 2]
        case "layer4.0.bn1.running_mean": tensors[index].values[5] = .nan
        case "fc.bias": tensors[index].values[0] = .infinity
        default: break
        }
      }
    }
    let expected = """
      \(path) doesn't fit ResNet (basic 1-1-1-1, width 4): 2 missing, 1 unexpected, 1 misshapen, 2 unusable
        missing: layer2.0.bn2.bias
        missing: layer3.0.conv2.weight
        unexpected: extra
        misshapen: layer1.0.bn1.weight is [2, 2], but [4] is needed
        unusable: layer4.0.bn1.running_mean has 1 of 32 numbers that are NaN or infinite
        unusable: fc.bias has 1 of 10 numbers that are NaN or infinite
      """
    #expect {
      try Model.load(path)
    } throws: { error in
      "\(error)" == expected
    }
  }

  @Test func misshapenTokensAreListedToo() throws {
    try files.write(GoldenTests.smallViT) { tensors in
      for index in tensors.indices where tensors[index].name == "class_token" { tensors[index].shape = [48] }
    }
    try files.folder.write("heads: 3\n", "model.yaml")
    expectError(containing: "misshapen: class_token is [48], but [1, 1, 48] is needed") {
      _ = try Model.load(files.path)
    }
  }

  @Test func aTruncatedFileIsRefused() throws {
    let path = try files.write(ModelFolder.plainResNet)
    let whole = try Data(contentsOf: URL(fileURLWithPath: path))
    _ = try files.folder.write(whole.dropLast(1000), "weights.safetensors")
    expectError(containing: path, "tensor \"fc.", "truncated") { _ = try Model.load(path) }
  }

  @Test func aWrongArchitectureIsNamed() throws {
    try files.write(GoldenTests.smallViT)
    try files.folder.write("architecture: resnet\n", "model.yaml")
    expectError(containing: "weights.safetensors", "says architecture resnet", "those of vision-transformer")
    {
      _ = try Model.load(files.path)
    }
  }

  @Test func anUnknownNetworkIsRefused() throws {
    let path = try files.folder.write(
      CheckpointFile.floats(
        [("features.conv0.weight", [1], [1])]
          + ["conv", "norm"].map { ("features.transition1.\($0).weight", [1], [1]) }), "net.safetensors")
    expectError(
      containing: path, "\"features.conv0.weight\"", "Known are cifar-resnet, resnet,",
      "the nearest is densenet"
    ) {
      _ = try Model.load(path)
    }
  }

  @Test func otherHyperparametersThanTheFilesAreAMismatch() throws {
    try files.write(ModelFolder.plainResNet)
    try files.folder.write("blocks: [1, 1, 1, 2]\nwidth: 8\n", "model.yaml")
    expectError(
      containing: "missing: layer4.1.conv1.weight",
      "misshapen: conv1.weight is [4, 3, 7, 7], but [8, 3, 7, 7]"
    ) { _ = try Model.load(files.path) }
  }

  @Test func extentsWithoutSenseAreRefused() throws {
    let path = try files.write(ModelFolder.plainResNet) { tensors in
      for index in tensors.indices where tensors[index].name == "conv1.weight" {
        tensors[index] = ("conv1.weight", [0, 3, 7, 7], [])
      }
    }
    expectError(containing: "tensor \"conv1.weight\"", "[0, 3, 7, 7] makes no sense") {
      _ = try Model.load(path)
    }
  }

  @Test func aFolderWithoutDescriptionIsRefused() {
    expectError(containing: files.path, "no model.yaml") { _ = try Model.load(files.path) }
  }

  @Test func aMissingPathIsRefused() {
    expectError(containing: "nowhere", "No such file") { _ = try Model.load("nowhere") }
  }

  @Test func labelsMustBeAsManyAsClasses() throws {
    let path = try files.write(ModelFolder.plainResNet, as: "net.safetensors")
    try files.folder.write("one\ntwo\n", "net.labels.txt")
    expectError(containing: "net.labels.txt", "2 labels", "has 10 classes") { _ = try Model.load(path) }
  }

  @Test func anotherSizeResamplesTheEmbeddingOfPositions() throws {
    try files.write(GoldenTests.smallViT)
    try files.folder.write("heads: 3\ninput: {size: 48}\n", "model.yaml")
    let model = try Model.load(files.path)
    #expect(model.graph[try model.node("encoder.ln")].shape == [37, 48])
    try files.write(GoldenTests.smallViT) { tensors in
      guard let index = tensors.firstIndex(where: { $0.name == "encoder.pos_embedding" }) else { return }
      tensors[index].shape = [1, 13, 96]
    }
    expectError(containing: "encoder.pos_embedding", "13 tokens aren't one class token and a square") {
      _ = try Model.load(files.path)
    }
  }

  @Test func aFolderWithoutDescriptionIsSearchedForACheckpoint() throws {
    let path = try files.write(ModelFolder.plainResNet, as: "model.safetensors")
    #expect(try Model.load(files.path).weightsHash == Checkpoint(path: path).hash)
  }

  @Test func aKeyChoosesAmongStateDictionaries() throws {
    try files.write(ModelFolder.plainResNet)
    try files.folder.write("weights-key: model_ema\n", "model.yaml")
    expectError(containing: "weights.safetensors", "no dictionary \"model_ema\"") {
      _ = try Model.load(files.path)
    }
  }

  @Test func longListsAreCutShort() {
    var mismatch = WeightMismatch(path: "net.pth", architecture: "ResNet-50")
    mismatch.missing = (0..<30).map { "layer\($0)" }
    mismatch.suggestion = "It looks like a DenseNet-121."
    let lines = mismatch.description.split(separator: "\n")
    #expect(lines.first == "net.pth doesn't fit ResNet-50: 30 missing")
    #expect(lines.count == 23)
    #expect(lines[21] == "  missing: … and 10 more")
    #expect(lines.last == "It looks like a DenseNet-121.")
  }
}
