import Imaging
import Models
import NeuralNetwork
import Testing

@testable import Attribution

@Suite struct ConceptMapperTests {
  private func value(_ model: Model, _ layer: String, _ picture: [Float]) throws -> [Float] {
    var normalized = picture
    model.input.normalize(&normalized)
    let node = try model.node(layer)
    let executor = try Executor(
      graph: model.graph, batch: 1, taps: [node], gradient: false, options: .init(threads: 1))
    _ = executor.input.update(fromContentsOf: normalized)
    try executor.forward()
    return Array(executor.value(of: node))
  }

  private func basis(_ channel: Int, of count: Int) -> [Float] {
    (0..<count).map { $0 == channel ? 1 : 0 }
  }

  private func enlarged(_ small: [Float], side: Int) -> [Float] {
    Image(width: side, height: side, channels: 1, pixels: small.map { max(0, $0) })
      .resized(width: 32, height: 32, filter: .bicubic, antialias: false, rounding: false).pixels
      .map { max(0, $0) }
  }

  /// Along a channel alone either division gives that channel's map.
  @Test(arguments: [ConceptMapper.Division.parts, .projections])
  func alongAChannelIsThatChannel(_ division: ConceptMapper.Division) throws {
    let model = try TestModels.resNet()
    let picture = TestModels.picture(3)
    let mapper = try ConceptMapper(
      [basis(5, of: 32), basis(9, of: 32)], layer: "layer3", division: division, in: model)
    let maps = try (0..<2).map { try mapper.map(of: picture, direction: $0) }
    let value = try value(model, "layer3", picture)
    for (map, channel) in zip(maps, [5, 9]) {
      let expected = enlarged(Array(value[channel * 64..<(channel + 1) * 64]), side: 8)
      #expect(map.width == 32 && map.height == 32 && map.channels == 1)
      #expect(zip(map.pixels, expected).allSatisfy { abs($0 - $1) < 1e-3 * (1 + abs($1)) })
      #expect(expected.contains { $0 > 0.01 })
    }
  }

  /// What a position holds is shared by directions, not counted twice.
  @Test func partsAreShared() throws {
    let model = try TestModels.resNet()
    let direction = basis(5, of: 32)
    let picture = TestModels.picture(3)
    let alone = try ConceptMapper([direction], layer: "layer3", division: .parts, in: model)
      .map(of: picture, direction: 0)
    let both = try ConceptMapper([direction, direction], layer: "layer3", division: .parts, in: model)
    let twice = try (0..<2).map { try both.map(of: picture, direction: $0) }
    for place in alone.pixels.indices where alone.pixels[place] > 0.05 {
      let sum = twice[0].pixels[place] + twice[1].pixels[place]
      #expect(abs(sum - alone.pixels[place]) < 0.02 * (1 + sum))
    }
  }

  /// The class token has no place in the picture.
  @Test func tokensLieInRows() throws {
    let model = try TestModels.visionTransformer()
    let layer = "encoder.layers.encoder_layer_1"
    let picture = TestModels.picture(1)
    let map = try ConceptMapper([basis(2, of: 24)], layer: layer, division: .projections, in: model)
      .map(of: picture, direction: 0)
    let value = try value(model, layer, picture)
    let patches = (1...16).map { value[$0 * 24 + 2] }
    #expect(
      zip(map.pixels, enlarged(patches, side: 4)).allSatisfy { abs($0 - $1) < 1e-3 * (1 + abs($1)) })
  }

  @Test func refusesVectorsAndOtherWidths() throws {
    let model = try TestModels.resNet()
    #expect(throws: AttributionError.otherWidth(layer: "layer3", channels: 32, weights: 3)) {
      try ConceptMapper([[1, 0, 0]], layer: "layer3", division: .parts, in: model)
    }
    let vector = model.graph[model.logits].name
    #expect(throws: AttributionError.noPositions(layer: vector)) {
      try ConceptMapper([basis(1, of: 5)], layer: vector, division: .parts, in: model)
    }
  }
}
