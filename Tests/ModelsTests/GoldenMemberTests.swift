import Checkpoints
import NeuralNetwork
import Testing

@testable import Models

/// Networks of every family whose hyperparameters are read off the shapes of their checkpoints: strict loading by the
/// names of their codebases, then their numbers (tools/golden_families.py).
@Suite(.serialized) struct GoldenMemberTests {
  struct Member: Sendable, CustomTestStringConvertible {
    let name: String
    let title: String
    let size: Int
    /// Whether some unit lies within rounding of a kink at this size, on some processor at least: see ``GoldenExactTests``.
    let hasKinks: Bool
    /// Settings that the shapes don't tell.
    let settings: String

    init(_ name: String, _ title: String, size: Int, hasKinks: Bool = false, settings: String = "") {
      (self.name, self.title, self.size, self.hasKinks) = (name, title, size, hasKinks)
      self.settings = settings
    }

    var testDescription: String { name }
  }

  static let members = [
    Member("cifar-resnet20", "CIFAR ResNet-20", size: 32),
    Member("hf-vit", "ViT (4 blocks of 48, 3 heads, patches of 8)", size: 40, settings: "heads: 3\n"),
    Member("timm-deit-tiny", "ViT-Ti/16", size: 224),
    Member("timm-vit-mean", "ViT (4 blocks of 192, 3 heads, patches of 16)", size: 64),
    Member("timm-vit-no-class-token", "ViT (4 blocks of 192, 3 heads, patches of 16)", size: 64),
    Member("timm-resnetv2-50-96", "ResNet-50 v2 (timm)", size: 96, hasKinks: true),
    Member("keras-resnet50v2-96", "ResNet-50 v2 (Keras)", size: 96),
    Member("resnext50-64", "ResNeXt-50 32×4d", size: 64),
    Member("vgg16-64", "VGG-16", size: 64),
    Member("squeezenet10", "SqueezeNet 1.0", size: 224),
    Member("squeezenet11-97", "SqueezeNet 1.1", size: 97),
    Member("mobilenet-v2", "MobileNet v2", size: 224),
    Member("mobilenet-v2-96", "MobileNet v2", size: 96),
    Member("efficientnet-b0", "EfficientNet-B0", size: 224),
    Member("efficientnet-b0-96", "EfficientNet-B0", size: 96),
    Member("googlenet", "GoogLeNet", size: 224),
    Member("googlenet-97", "GoogLeNet", size: 97, hasKinks: true),
    Member("inception-v3", "Inception v3", size: 299, hasKinks: true),
    Member("inception-v3-128", "Inception v3", size: 128),
    Member("timm-resnetv2-50", "ResNet-50 v2 (timm)", size: 224, hasKinks: true),
    Member("keras-resnet50v2", "ResNet-50 v2 (Keras)", size: 224),
    Member("timm-vit-layer-scale", "ViT (4 blocks of 192, 3 heads, patches of 16)", size: 64),
    Member("timm-deit-distilled", "distilled DeiT (4 blocks of 192, 3 heads, patches of 16)", size: 64),
    // Learned at 64, 64, 40 and 40 pixels: the embedding of positions is resampled as the codebases do.
    Member("timm-vit-96", "ViT (4 blocks of 192, 3 heads, patches of 16)", size: 96),
    Member("timm-deit-distilled-48", "distilled DeiT (4 blocks of 192, 3 heads, patches of 16)", size: 48),
    Member("hf-vit-56", "ViT (4 blocks of 48, 3 heads, patches of 8)", size: 56, settings: "heads: 3\n"),
    Member("small-vit-56", "ViT (6 blocks of 48, 3 heads, patches of 8)", size: 56, settings: "heads: 3\n"),
    Member("cifar-resnet20-40", "CIFAR ResNet-20", size: 40),
    Member("resnext50", "ResNeXt-50 32×4d", size: 224, hasKinks: true),
    Member("wide-resnet50", "Wide ResNet-50-2", size: 224, hasKinks: true),
    Member("wide-resnet50-64", "Wide ResNet-50-2", size: 64),
    Member("vgg16", "VGG-16", size: 224, hasKinks: true),
    Member("vgg11-bn", "VGG-11 with batch normalization", size: 224, hasKinks: true),
    Member("squeezenet10-97", "SqueezeNet 1.0", size: 97),
    Member("squeezenet11", "SqueezeNet 1.1", size: 224),
    Member("vgg11-bn-64", "VGG-11 with batch normalization", size: 64),
  ]

  @Test(arguments: members) func member(_ member: Member) throws {
    let shapes = try Self.shapes(member.name)
    let stored = TensorShapes(path: member.name, shapes: shapes)
    #expect(Architectures.all.filter { $0.recognizes(stored) }.count == 1)
    try check(try Self.network(member.name, settings: member.settings), member, shapes)
  }

  /// The network whose shapes a fixture tells.
  static func network(_ name: String, settings: String = "") throws -> any Architecture {
    let stored = TensorShapes(path: name, shapes: try shapes(name))
    return try Architectures.recognized(stored).init(stored, settings: .text(settings))
  }

  private static func shapes(_ name: String) throws -> [String: [Int]] {
    let file = try Checkpoint(path: GoldenNetwork.path(name))
    var shapes: [String: [Int]] = [:]
    for line in try #require(file.metadata["shapes"]).split(separator: "\n") {
      let parts = line.split(separator: " ")
      shapes[String(parts[0])] = parts[1].split(separator: ",").compactMap { Int($0) }
    }
    return shapes
  }

  private func check(
    _ architecture: some Architecture, _ member: Member, _ shapes: [String: [Int]]
  ) throws {
    #expect(architecture.title == member.title)
    let asked = try Shapes.all(architecture)
    #expect(Set(asked.keys).symmetricDifference(shapes.keys).sorted() == [])
    for (name, shape) in asked { #expect(shapes[name] == shape, "\(name)") }
    try expectGolden(
      member.name, architecture, input: InputSpecification(size: member.size),
      gradient: member.hasKinks ? (distance: 1e-2, cosine: 0.9999) : (distance: 1e-3, cosine: 0.99999))
  }
}

extension YAMLMapping {
  /// The settings of a text.
  static func text(_ text: String) throws -> YAMLMapping {
    guard !text.isEmpty else { return .empty("test") }
    let folder = try TemporaryFolder()
    let path = try folder.write(text, "model.yaml")
    return try YAMLMapping(try YAMLFile.root(path: path), path: path, keys: nil)
  }
}
