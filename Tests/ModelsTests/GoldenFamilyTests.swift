import NeuralNetwork
import Testing

@testable import Models

/// The further families against torchvision (tools/golden_families.py), to the tolerances that the engine promises.
@Suite(.serialized) struct GoldenFamilyTests {
  static let densenet121 = DenseNet(growth: 32, blocks: [6, 12, 24, 16], width: 64)
  static let convNeXtBase = ConvNeXt(blocks: [3, 3, 27, 3], widths: [128, 256, 512, 1024])

  @Test func smallDenseNet() throws {
    try expectGolden(
      "small-densenet", DenseNet(growth: 12, blocks: [3, 4, 6, 4], width: 24, classes: 24),
      input: InputSpecification(size: 96))
  }

  /// At 224 × 224 some unit always lies within rounding of its ReLU's kink, as in ``GoldenTests/resNet50()``:
  /// ``GoldenExactTests`` holds the gradient to what single precision can give. The engine's promise is held at 96 × 96.
  @Test func denseNet121() throws {
    try expectGolden("densenet121", Self.densenet121, gradient: (distance: 1e-2, cosine: 0.9999))
  }

  @Test func denseNet121At96() throws {
    try expectGolden("densenet121-96", Self.densenet121, input: InputSpecification(size: 96))
  }

  @Test func smallConvNeXt() throws {
    try expectGolden(
      "small-convnext", ConvNeXt(blocks: [2, 2, 3, 2], widths: [24, 48, 96, 192], classes: 10),
      input: InputSpecification(size: 64))
  }

  @Test func convNeXtBase() throws { try expectGolden("convnext-base", Self.convNeXtBase) }

  @Test func convNeXtBaseAt96() throws {
    try expectGolden("convnext-base-96", Self.convNeXtBase, input: InputSpecification(size: 96))
  }
}
