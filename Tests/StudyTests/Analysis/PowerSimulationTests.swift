import Testing

@testable import Study

@Suite struct PowerSimulationTests {
  private func pilot() throws -> StudyData {
    StudyData(study: "pilot", try GoldenStudy.read().rows.map(\.observation))
  }

  @Test func growsWithParticipants() throws {
    let power = try PowerSimulation(pilot(), part: "part", participants: [3, 6, 24], simulations: 300)
    let values = power.sizes.map(\.friedman.power)
    #expect(values[0] < values[1] && values[1] < values[2] && values[2] > 0.99)
    #expect(power.pilot == 24 && power.sizes[0].pairs.map(\.first) == ["m0", "m0", "m1"])
    #expect(power.table.rows.count == 12 && power.table.text.contains("\n24,friedman,,,"))
    #expect(power.sizes[2].friedman.interval.value?.high == 1)
    #expect(try PowerSimulation(pilot(), part: "part", participants: [3, 6, 24], simulations: 300) == power)
  }

  /// With no effect left, what is found is the rate of false positives.
  @Test func nothingAtNoEffect() throws {
    let power = try PowerSimulation(
      pilot(), part: "part", participants: [24], simulations: 1000, shrinkage: 0, seed: 4)
    #expect((25...78).contains(power.sizes[0].friedman.found), "\(power.sizes[0].friedman.found)")
    let half = try PowerSimulation(
      pilot(), part: "part", participants: [12], simulations: 300, shrinkage: 0.5, seed: 4)
    let full = try PowerSimulation(pilot(), part: "part", participants: [12], simulations: 300, seed: 4)
    #expect(half.sizes[0].friedman.power < full.sizes[0].friedman.power)
  }

  @Test func noPilot() throws {
    let data = try pilot()
    #expect(throws: Undefined.self) { try PowerSimulation(data, part: "other", participants: [10]) }
    #expect(throws: Undefined.self) { try PowerSimulation(data, part: "part", participants: []) }
    #expect(throws: Undefined.self) { try PowerSimulation(data, part: "part", participants: [1]) }
    #expect(throws: Undefined.self) {
      try PowerSimulation(data, part: "part", participants: [10], simulations: 0)
    }
    #expect(throws: Undefined.self) {
      try PowerSimulation(data, part: "part", participants: [10], shrinkage: .nan)
    }
    #expect(throws: Undefined.self) {
      try PowerSimulation(StudyData(study: "s", [data.observations[0]]), part: "part", participants: [10])
    }
  }
}
