import Foundation
import Imaging
import Models
import NeuralNetwork
import Testing
import Visualization

@testable import Attribution

/// The search against one that looks at every patch on its own.
@Suite struct PatchSearchTests {
  /// As published: 64 of 224 pixels, step 51, four by four; the demo's 96 pixels likewise.
  @Test func geometry() {
    let grid = PatchGrid()
    #expect(grid.side(InputSpecification(size: 224)) == 64)
    #expect(grid.origins(InputSpecification(size: 224)) == [0, 51, 102, 153])
    #expect(grid.side(InputSpecification(size: 96)) == 27)
    #expect(grid.count(InputSpecification(size: 96)) == 16)
    #expect(PatchGrid(share: 1).origins(InputSpecification(size: 96)) == [0])
    #expect(PatchGrid(share: 0.001, step: 0.001).side(InputSpecification(size: 96)) == 1)
  }

  private static let content =
    URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path + "/content"

  /// Activations pictures × patches × units, one patch a run.
  private func exhaustive(
    _ list: PictureList, _ model: Model, _ grid: PatchGrid, _ node: Graph.NodeID,
    read: (UnsafeBufferPointer<Float>) -> [Double]
  ) throws -> [[[Double]]] {
    let runner = try PictureRunner(model: model, taps: [node], batch: 1)
    return try list.items.map { item in
      let image = model.image(try model.input.prepare(file: item.path))
      let side = grid.side(model.input)
      var patches: [[Double]] = []
      for y in grid.origins(model.input) {
        for x in grid.origins(model.input) {
          let crop = image.cropped(x: x, y: y, width: side, height: side)
          try runner.run(count: 1, picture: { _ in grid.enlarged(crop, model.input) }) { _, value in
            patches.append(read(value(node)))
          }
        }
      }
      return patches
    }
  }

  /// Compares everything that an index says of each unit.
  private func compare(
    _ index: PatchIndex, _ all: [[[Double]]], _ list: PictureList, lowest: Int,
    _ place: SourceLocation = #_sourceLocation
  ) {
    #expect(index.searched == list.count && index.skipped.isEmpty, sourceLocation: place)
    for unit in 0..<index.units {
      let best = all.map { patches in patches.map { $0[unit] }.max() ?? 0 }
      let scale = max(1e-3, best.map(\.magnitude).max() ?? 0)
      func isNear(_ a: Double, _ b: Double) -> Bool { abs(a - b) < 1e-4 * scale }
      let found = index.best(unit)
      let ranked = best.sorted(by: >)
      #expect(
        found.count == list.count && Set(found.map(\.picture)).count == list.count, sourceLocation: place)
      #expect(
        zip(found, ranked).allSatisfy { isNear(Double($0.score), $1) }
          && found.allSatisfy {
            isNear(Double($0.score), all[$0.picture][$0.patch][unit])
          }, "unit \(unit)", sourceLocation: place)
      let low = index.lowest(unit)
      #expect(low.count == lowest, sourceLocation: place)
      #expect(
        zip(low, ranked.reversed()).allSatisfy { isNear(Double($0.score), $1) }
          && low.allSatisfy {
            isNear(Double($0.score), all[$0.picture][$0.patch][unit])
          }, "unit \(unit)", sourceLocation: place)
      let figures = index.figures(unit)
      let mean = best.reduce(0, +) / Double(best.count)
      let variance = best.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(best.count)
      #expect(isNear(figures.mean, mean), sourceLocation: place)
      #expect(isNear(figures.deviation, variance.squareRoot()), sourceLocation: place)
      #expect(figures.histogram.counts.reduce(0, +) == list.count, sourceLocation: place)
      #expect(figures.histogram.start <= ranked[list.count - 1] + 1e-4 * scale, sourceLocation: place)
      for group in figures.groups {
        let members = zip(best, list.items).filter { $1.group == group.name }.map(\.0)
        #expect(
          members.count == group.count
            && isNear(group.mean, members.reduce(0, +) / Double(members.count)), sourceLocation: place)
      }
      #expect(
        Set(figures.groups.map(\.name)) == Set(list.items.map(\.group))
          && zip(figures.groups, figures.groups.dropFirst()).allSatisfy { $0.mean >= $1.mean },
        sourceLocation: place)
    }
  }

  @Test(
    "All channels of the demo networks",
    arguments: [
      ("demo-resnet", "layer3", 1.0), ("demo-resnet", "avgpool", 1.0), ("demo-resnet", "layer2", 0.5),
      ("demo-vit", "encoder.layers.encoder_layer_3", 1.0),
    ])
  func demo(_ name: String, _ layer: String, _ step: Double) throws {
    let model = try Model.load("\(Self.content)/models/\(name)")
    let folder = try PatchFolder()
    for (group, number) in [
      ("tiger", 0), ("tiger", 1), ("zebra", 0), ("zebra", 4), ("teapot", 2), ("piano", 3),
    ] {
      let file = "\(group)/00\(number).jpg"
      let data = FileManager.default.contents(atPath: "\(Self.content)/references/\(file)")
      try folder.write(file, try #require(data))
    }
    let list = try folder.list()
    var question = try PatchQuestion.layer(layer, in: model)
    question.grid.step = 0.8 * step
    question.lowest = 3
    let index = try folder.cache().index(question, of: list, in: model)
    let node = try model.node(layer)
    let shape = model.graph[node].shape
    let all = try exhaustive(list, model, question.grid, node) { value in
      let isTokens = shape.count == 2
      let channels = isTokens ? shape[1] : shape[0]
      let positions = value.count / channels
      return (0..<channels).map { channel in
        (0..<positions).reduce(0.0) {
          $0 + Double(isTokens ? value[$1 * channels + channel] : value[channel * positions + $1])
        } / Double(positions)
      }
    }
    #expect(index.units == all[0][0].count && index.perPicture == all[0].count)
    compare(index, all, list, lowest: 3)
  }

  /// Directions, sums over layers and single positions, in batches that no picture fills.
  @Test func anyTargets() throws {
    let model = try TestModels.resNet()
    let folder = try PatchFolder()
    try folder.fill(5)
    let weights = (0..<32).map { Float($0 % 3) - 1 }
    let targets = [
      Target.direction(layer: "layer3", weights: weights),
      .classLogit(2),
      Target([.init(1, .classLogit(2)), .init(-0.5, .layer("layer3", .channel(5), position: 1))]),
    ]
    var (question, units) = try PatchQuestion.asking(for: targets, in: model)
    question.batch = 7
    #expect(question.subject == .targets(targets) && units == [0, 1, 2])
    let list = try folder.list()
    let index = try folder.cache().index(question, of: list, in: model)
    let grid = question.grid
    let readers = try targets.map { try TargetReader($0, in: model) }
    let runner = try PictureRunner(
      model: model, taps: Set(readers.flatMap(\.taps)).sorted(), batch: 1)
    var all: [[[Double]]] = []
    for item in list.items {
      let image = model.image(try model.input.prepare(file: item.path))
      var patches: [[Double]] = []
      for patch in 0..<grid.count(model.input) {
        let prepared = grid.enlarged(grid.crop(image, patch, model.input), model.input)
        try runner.run(count: 1, picture: { _ in prepared }) { _, value in
          patches.append(readers.map { $0.activation(value) })
        }
      }
      all.append(patches)
    }
    compare(index, all, list, lowest: 5)
    // What is cut out is what was scored.
    let place = index.best(1)[0]
    let patch = try PatchCutter(question, of: list, in: model).cut(place)
    #expect(patch.side == 9 && patch.picture == place.picture && patch.prepared.count == 3 * 32 * 32)
    try runner.run(count: 1, picture: { _ in patch.prepared }) { _, value in
      #expect(abs(readers[1].activation(value) - patch.score) < 1e-4 * max(1, abs(patch.score)))
    }
  }

  @Test func channelsOfALayerAreOneQuestion() throws {
    let model = try TestModels.resNet()
    let (question, units) = try PatchQuestion.asking(
      for: [.channel(layer: "layer3", channel: 7), .channel(layer: "layer3.0", channel: 2)], in: model)
    #expect(try question == PatchQuestion.layer("layer3", in: model) && units == [7, 2])
    #expect(throws: VisualizationError.self) {
      try PatchQuestion.asking(for: [.channel(layer: "layer3", channel: 32)], in: model)
    }
    let two = [Target.channel(layer: "layer3", channel: 7), .channel(layer: "layer2", channel: 2)]
    #expect(try PatchQuestion.asking(for: two, in: model).question.subject == .targets(two))
  }
}
