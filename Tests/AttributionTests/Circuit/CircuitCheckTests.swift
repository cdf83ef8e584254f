import Foundation
import Models
import NeuralNetwork
import Testing

@testable import Attribution

@Suite struct CircuitCheckTests {
  private func circuit(_ model: Model, _ channels: [Int], layer: String) -> Circuit {
    Circuit(
      classIndex: 3, label: model.labels[3], rules: "epsilon-plus", layers: [layer], count: 1,
      nodes: channels.map {
        .init(layer: layer, channel: $0, level: 1, relevance: .init(mean: 0, spread: 0), share: 0)
      }, edges: [])
  }

  private func check(_ circuit: Circuit, _ model: Model, seed: UInt64 = 0) throws -> CircuitCheck {
    try CircuitCheck.measure(
      circuit, in: model, pictures: 5, seed: seed, batch: 2, options: .init(threads: 1),
      picture: TestModels.picture)
  }

  /// A linear classifier's scores without some features, computed by hand.
  @Test(arguments: ["resnet", "vit"]) func cutsAreWhatTheySay(name: String) throws {
    let model = try name == "vit" ? TestModels.visionTransformer() : TestModels.resNet()
    guard case .linear(let linear) = model.graph[model.logits].operation else {
      Issue.record("the classifier isn't linear")
      return
    }
    let features = linear.weight.shape[1]
    let chosen = [1, 4, 6]
    let outcomes = try check(circuit(model, chosen, layer: model.penultimateLayer), model).outcomes
    #expect(outcomes.map(\.cut) == [.nothing, .circuit, .rest, .random])
    for (outcome, isKept) in zip(
      outcomes, [{ (_: Int) in true }, { !chosen.contains($0) }, { chosen.contains($0) }])
    {
      var probabilities: [Double] = []
      try PictureRunner(model: model, taps: [model.penultimate], batch: 1)
        .run(count: 5, picture: TestModels.picture) { _, value in
          let row = value(model.penultimate)
          let scores = (0..<linear.weight.shape[0]).map { index in
            (0..<features).filter(isKept).reduce(Double(linear.bias?.values[index] ?? 0)) {
              $0 + Double(row[$1] * linear.weight.values[index * features + $1])
            }
          }
          let greatest = scores.max() ?? 0
          probabilities.append(
            exp(scores[3] - greatest) / scores.reduce(0) { $0 + exp($1 - greatest) })
        }
      let wanted = probabilities.reduce(0, +) / 5
      #expect(abs(outcome.probability.mean - wanted) < 1e-4, "\(outcome.cut)")
    }
  }

  @Test func levelsAndAllAtOnce() throws {
    let model = try TestModels.resNet()
    let found = try CircuitFinder(model, class: 3).find(
      pictures: 3, options: .init(threads: 1), picture: TestModels.picture)
    let outcomes = try check(found, model).outcomes
    #expect(outcomes.map(\.level) == [nil, 1, 1, 1, 2, 2, 2, nil, nil, nil])
    #expect(outcomes.allSatisfy { (0...1).contains($0.probability.mean) && (0...1).contains($0.recognized) })
    // The same seed draws the same channels.
    #expect(try check(found, model).outcomes == outcomes)
    #expect(try check(found, model, seed: 1).outcomes != outcomes)
  }

  @Test func aCircuitOfAllChannelsLeavesNothingToDraw() throws {
    let model = try TestModels.resNet()
    let all = Array(0..<(model.graph[model.penultimate].shape.first ?? 0))
    let outcomes = try check(circuit(model, all, layer: "layer4"), model).outcomes
    #expect(outcomes[2].probability == outcomes[0].probability)
    #expect(abs(outcomes[3].probability.mean - outcomes[0].probability.mean) < 1e-12)
  }

  @Test func servedClassesAreRanked() throws {
    let model = try TestModels.resNet()
    let served = try ServedClasses.find(
      "layer4", channel: 2, in: model, counts: [0: 2, 3: 3], options: .init(threads: 1)
    ) { classIndex, index in TestModels.picture(10 * classIndex + index) }
    #expect(Set(served.classes.map(\.classIndex)) == [0, 3])
    #expect(served.classes[0].share.mean >= served.classes[1].share.mean)
    // It is the share that the class's own circuit gives the channel.
    var settings = CircuitFinder.Settings()
    (settings.depth, settings.channels) = (1, 1000)
    let circuit = try CircuitFinder(model, class: 3, settings: settings).find(
      pictures: 1, options: .init(threads: 1)
    ) { TestModels.picture(30 + $0) }
    let one = try ServedClasses.find(
      "layer4", channel: 2, in: model, counts: [3: 1], options: .init(threads: 1)
    ) { classIndex, index in TestModels.picture(10 * classIndex + index) }
    let node = circuit.nodes.first { $0.channel == 2 }
    #expect(abs(max(0, one.classes[0].share.mean) - (node?.share ?? 0)) < 1e-6)
    #expect(throws: AttributionError.self) {
      try ServedClasses.find("nowhere", channel: 0, in: model, counts: [0: 1]) { _, _ in [] }
    }
    #expect(throws: AttributionError.self) {
      try ServedClasses.find("layer4", channel: 0, in: model, counts: [:]) { _, _ in [] }
    }
  }
}
