import Testing

@testable import Models

@Suite struct ModelUnitsTests {
  static let labels = [
    "zebra", "White Shark", "crane", "crane", "tabby, tabby cat", "Überraschung", "12", "8", "i", "j",
  ]
  let resNet: Model
  let transformer: Model

  init() throws {
    resNet = try Model.hashed(ModelFolder.plainResNet, labels: Self.labels)
    transformer = try Model.hashed(GoldenTests.smallViT, labels: Self.labels)
  }

  @Test(
    arguments: zip(
      [
        "zebra", "ZEBRA", "white-shark", "White Shark", "tabby-cat", "tabby cat", "uberraschung", "0", "9",
        "12", "8",
      ],
      [0, 0, 1, 1, 4, 4, 5, 0, 9, 6, 7]))
  func classesAreFoundByWhatPeopleCallThem(_ text: String, _ index: Int) throws {
    #expect(try resNet.classIndex(text) == index)
  }

  @Test(
    arguments: zip(
      ["zebar", "crane", "10", "-1", "", "something else"],
      [
        "did you mean \"zebra\"", "index: 2, 3", "classes are 0 to 9", "classes are 0 to 9", "no class \"\"",
        "it knows 10: zebra, White Shark",
      ]))
  func otherClassesGetHelp(_ text: String, _ message: String) {
    expectError(containing: resNet.name, message) { _ = try resNet.classIndex(text) }
  }

  @Test func channelsOfMapsTokensAndVectors() throws {
    let unit = try resNet.unit("layer4.0:31")
    #expect(unit.node == resNet.graph.node(named: "layer4"))
    #expect(unit.channel == 31)
    #expect(unit.classIndex == nil)
    #expect("\(unit)" == "layer4.0:31")
    #expect(try resNet.unit("avgpool:31").channel == 31)
    #expect(try transformer.unit("encoder.layers.encoder_layer_2:47").channel == 47)
    #expect(try transformer.unit("encoder.layers.encoder_layer_2.mlp.0:95").channel == 95)
  }

  @Test func classesAreUnitsOfTheLogits() throws {
    let unit = try resNet.unit("class:white-shark")
    #expect(unit.node == resNet.logits)
    #expect(unit.channel == 1)
    #expect("\(unit)" == "class:1")
  }

  @Test(
    arguments: zip(
      [
        "layer4.0:32", "layer4.0:-1", "layer4.0:x", "layer5:3", "layr1:3", "zebra", "class:zebar", ":3",
        "avgpool:",
      ],
      [
        "no channel \"32\"; its channels are 0 to 31", "0 to 31", "0 to 31", "did you mean \"layer1\"",
        "did you mean \"layer1\"", "names no unit; write a layer and a channel such as layer4:0", "\"zebra\"",
        "no layer \"\"", "no channel \"\"",
      ]))
  func wrongAddressesGetHelp(_ address: String, _ message: String) {
    expectError(containing: resNet.name, message) { _ = try resNet.unit(address) }
  }

  @Test func layersListEveryNode() throws {
    let layers = resNet.layers
    #expect(layers.count == resNet.graph.nodes.count)
    let block = try #require(layers.first { $0.name == "layer4.0" })
    #expect(block.aliases == ["layer4", "layer4.0.relu_1"])
    #expect(block.kind == "ReLU")
    #expect(block.unitCount == 32)
    let linear = try #require(layers.first { $0.name == "fc" })
    #expect(linear.parameterCount == 330)
    #expect(layers.reduce(0) { $0 + $1.parameterCount } == resNet.parameterCount)
    let token = try #require(transformer.layers.first { $0.name == "encoder.ln" })
    #expect(token.shape == [26, 48])
    #expect(token.unitCount == 48)
  }
}
