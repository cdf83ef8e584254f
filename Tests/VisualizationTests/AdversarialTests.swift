import Testing

@testable import Visualization

@Suite struct AdversarialTests {
  @Test func staysWithinItsBoundInEightBits() throws {
    let model = try Demo.model()
    let picture = try Demo.references("zebra", count: 1, for: model)[0]
    for bound in [1, 4] {
      let attack = try AdversarialAttack(
        model: model, overrides: Settings(["bound": .number(Double(bound)), "steps": .number(6)]))
      let example = try attack.run(AdversarialRequest(picture: picture, target: 0, threads: 1, snapshots: 2))
      let levels = example.change.map { $0 * 255 }
      #expect(levels.allSatisfy { abs($0) < Float(bound) + 0.01 && abs($0 - $0.rounded()) < 0.01 })
      #expect(levels.contains { abs($0) > 0.5 })
      #expect(example.adversarial.pixels.allSatisfy { (0...1).contains($0) })
      #expect(abs(example.before.reduce(0, +) - 1) < 1e-6 && abs(example.after.reduce(0, +) - 1) < 1e-6)
      #expect(example.path.first?.step == 0 && example.path.last?.step == example.steps)
      #expect(example.path.last?.targetProbability == example.after[0])
      // Even a few small steps go the right way.
      #expect(example.after[0] > example.before[0])
    }
  }

  @Test func largeBoundSucceedsAndStopsWhenConfident() throws {
    let model = try Demo.model()
    let picture = try Demo.references("zebra", count: 1, for: model)[0]
    let attack = try AdversarialAttack(
      model: model, overrides: Settings(["bound": .number(64), "confidence": .number(0.4)]))
    let example = try attack.run(AdversarialRequest(picture: picture, target: 0, threads: 1))
    #expect(example.isSuccess && example.after[0] > 0.35)
    #expect(example.steps < 300)
    #expect(example.source != 0 && example.target == 0)
  }

  @Test func mistakesAreNamed() throws {
    let model = try Demo.model()
    #expect(throws: VisualizationError.self) {
      try AdversarialAttack(model: model, overrides: Settings(["bond": .number(3)]))
    }
    let attack = try AdversarialAttack(model: model)
    #expect(throws: VisualizationError.classOutOfRange(99, count: 24)) {
      try attack.run(AdversarialRequest(picture: [], target: 99))
    }
    #expect(throws: VisualizationError.startSize(count: 1, expected: model.input.count)) {
      try attack.run(AdversarialRequest(picture: [0], target: 0))
    }
  }
}
