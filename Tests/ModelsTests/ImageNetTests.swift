import Testing

@testable import Models

@Suite struct ImageNetTests {
  @Test func tableIsWhole() {
    #expect(ImageNet.labels.count == 1000)
    #expect(Set(ImageNet.labels).count == 1000)
    #expect(ImageNet.identifiers == ImageNet.identifiers.sorted())
    #expect(
      ImageNet.identifiers.allSatisfy { $0.count == 9 && $0.hasPrefix("n") && Int($0.dropFirst()) != nil })
    #expect(ImageNet.labels[0] == "tench")
    #expect(ImageNet.labels[340] == "zebra")
    #expect(ImageNet.identifiers[340] == "n02391049")
    #expect(ImageNet.labels[999] == "toilet tissue")
  }

  /// A network of 1000 classes without labels gets ImageNet's, and is asked by label, number or WordNet identifier.
  @Test(arguments: ["zebra", "Zebra", "340", "n02391049", "N02391049"])
  func classesByAnyName(text: String) throws {
    let model = try Model.hashed(ResNet(block: .basic, blocks: [1, 1, 1, 1], width: 8, classes: 1000))
    #expect(model.knowsImageNet)
    #expect(try model.classIndex(text) == 340)
  }

  @Test func identifiersMeanNothingToOthers() throws {
    let model = try Model.hashed(ResNet(block: .basic, blocks: [1, 1, 1, 1], width: 8, classes: 999))
    #expect(model.labels[340] == "class 340")
    #expect(!model.knowsImageNet)
    expectError(containing: model.name, "no class \"n02391049\"") { _ = try model.classIndex("n02391049") }
  }
}
