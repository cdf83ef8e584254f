import Models
import Testing

@testable import Relevance

@Suite struct GoldenRelevanceTests {
  @Test(
    "ResNet-50 as zennit has it, and by the rules of VITAL's authors",
    arguments: [
      RelevanceComposite.epsilonPlusFlat, .epsilonGammaBox, .epsilonAlpha2Beta1Flat, .vital,
    ])
  func resNet(_ composite: RelevanceComposite) throws {
    try GoldenRelevance("resnet50", ResNet(block: .bottleneck, blocks: [3, 4, 6, 3]), size: 64).expect(
      composite)
  }

  @Test(
    "VGG-16 as zennit has it",
    arguments: [
      RelevanceComposite.epsilon, .epsilonPlusFlat, .epsilonPlusWSquare, .epsilonGammaBox,
      .epsilonAlpha2Beta1Flat,
    ])
  func vgg(_ composite: RelevanceComposite) throws {
    let groups = [[64, 64], [128, 128], [256, 256, 256], [512, 512, 512], [512, 512, 512]]
    try GoldenRelevance("vgg16", VGG(groups: groups), size: 48).expect(composite)
  }

  @Test(
    "DenseNet-121 as zennit has it, normalizations folded where they follow a convolution",
    arguments: [RelevanceComposite.epsilonPlusFlat, .epsilonGammaBox])
  func denseNet(_ composite: RelevanceComposite) throws {
    try GoldenRelevance("densenet121", DenseNet(growth: 32, blocks: [6, 12, 24, 16], width: 64), size: 32)
      .expect(composite)
  }

  @Test(
    "ConvNeXt-tiny: zennit's layers, and AttnLRP's layer normalization",
    arguments: [RelevanceComposite.epsilonPlusFlat, .epsilonGammaBox])
  func convNeXt(_ composite: RelevanceComposite) throws {
    try GoldenRelevance(
      "convnext_tiny", ConvNeXt(blocks: [3, 3, 9, 3], widths: [96, 192, 384, 768]), size: 64
    ).expect(composite)
  }

  @Test(
    "A vision transformer under AttnLRP, by its equations and by its authors' library, and under CP-LRP",
    arguments: [
      ("attention", RelevanceComposite.attention), ("attention-lxt", .attention),
      ("conservative", .conservative),
    ])
  func transformer(_ stored: String, _ composite: RelevanceComposite) throws {
    let network = VisionTransformer(
      patch: 8, hidden: 48, layers: 6, heads: 3, mlp: 96, inputSize: 40, classes: 10)
    try GoldenRelevance("small-vit", network, size: 40).expect(composite, as: stored)
  }

  @Test(
    "The demo's networks",
    arguments: [
      ("demo-resnet", RelevanceComposite.epsilonPlusFlat), ("demo-resnet", .epsilonPlusWSquare),
      ("demo-resnet", .epsilonGammaBox), ("demo-resnet", .vital), ("demo-densenet", .epsilonPlusFlat),
      ("demo-vit", .attention), ("demo-vit", .conservative),
    ])
  func demo(_ name: String, _ composite: RelevanceComposite) throws {
    try GoldenRelevance(demo: name).expect(composite)
  }

  @Test("The demo's transformer as AttnLRP's authors' library has it")
  func library() throws {
    try GoldenRelevance(demo: "demo-vit").expect(.attention, as: "attention-lxt")
  }
}
