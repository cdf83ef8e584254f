import Testing

@testable import Models

@Suite struct SmokeTests {
  @Test func hashedResNet() throws {
    let model = try Model.hashed(ResNet(block: .bottleneck, blocks: [3, 4, 6, 3]))
    #expect(model.parameterCount == 25_557_032)
    #expect(model.title == "ResNet-50")
    #expect(try model.unit("layer4.1:485").channel == 485)
  }
  @Test func hashedViT() throws {
    let model = try Model.hashed(VisionTransformer(patch: 16, hidden: 768, layers: 12, heads: 12, mlp: 3072))
    #expect(model.parameterCount == 86_567_656)
    #expect(model.title == "ViT-B/16")
  }
}
