import Models
import NeuralNetwork
import Testing

@testable import Attribution

@Suite struct ConceptActivationVectorTests {
  /// Bright pictures and dark ones, each with noise of its own.
  private func picture(_ isBright: Bool, _ index: Int) -> [Float] {
    TestModels.picture(index + (isBright ? 100 : 0)).map { 0.3 * $0 + (isBright ? 0.6 : 0.1) }
  }

  private func means(_ model: Model, _ layer: String, _ picture: [Float]) throws -> [Double] {
    let node = try model.node(layer)
    var normalized = picture
    model.input.normalize(&normalized)
    let executor = try Executor(
      graph: model.graph, batch: 1, taps: [node], gradient: false, options: .init(threads: 1))
    _ = executor.input.update(fromContentsOf: normalized)
    try executor.forward()
    let value = executor.value(of: node)
    return (0..<model.graph.channelCount(of: node)).map { channel in
      let places = Array(model.graph.places(of: channel, in: node))
      return places.reduce(0) { $0 + Double(value[$1]) } / Double(places.count)
    }
  }

  @Test(arguments: ["layer3", "tokens"]) func isTheDifferenceOfTheMeans(_ layer: String) throws {
    let model = try layer == "tokens" ? TestModels.visionTransformer() : TestModels.resNet()
    let layer = layer == "tokens" ? "encoder.layers.encoder_layer_1" : layer
    let found = try ConceptActivationVector.find(
      in: model, layer: layer, with: 3, without: 4, batch: 2, options: .init(threads: 1), picture: picture)
    let with = try (0..<3).map { try means(model, layer, picture(true, $0)) }
    let without = try (0..<4).map { try means(model, layer, picture(false, $0)) }
    var expected = with[0].indices.map { channel in
      with.reduce(0) { $0 + $1[channel] } / 3 - without.reduce(0) { $0 + $1[channel] } / 4
    }
    let length = expected.reduce(0) { $0 + $1 * $1 }.squareRoot()
    expected = expected.map { $0 / length }
    #expect(found.direction.count == expected.count)
    #expect(zip(found.direction, expected).allSatisfy { abs(Double($0) - $1) < 1e-4 })
    #expect(abs(found.direction.reduce(0) { $0 + $1 * $1 } - 1) < 1e-5)
  }

  @Test func tellsOtherPicturesApart() throws {
    let model = try TestModels.resNet()
    let clear = try ConceptActivationVector.find(
      in: model, layer: "layer2", with: 6, without: 6, picture: picture)
    #expect(clear.toldApart == 1)
    // Both sides of the same sort: no direction tells them apart but by chance.
    let vain = try ConceptActivationVector.find(in: model, layer: "layer2", with: 20, without: 20) {
      TestModels.picture($1 + ($0 ? 500 : 0))
    }
    #expect(try #require(vain.toldApart) < 0.8)
    let single = try ConceptActivationVector.find(
      in: model, layer: "layer2", with: 1, without: 6, picture: picture)
    #expect(single.toldApart == nil)
  }

  @Test func refusesNoneTheSameAndUnknown() throws {
    let model = try TestModels.resNet()
    #expect(throws: AttributionError.noPictures("both sides of a difference")) {
      try ConceptActivationVector.find(in: model, layer: "layer2", with: 0, without: 3, picture: picture)
    }
    #expect(throws: AttributionError.noDifference(layer: "layer2.0")) {
      try ConceptActivationVector.find(in: model, layer: "layer2.0", with: 2, without: 2) {
        picture(true, $1)
      }
    }
    #expect(throws: ModelError.self) {
      try ConceptActivationVector.find(in: model, layer: "layer9", with: 2, without: 2, picture: picture)
    }
  }
}
