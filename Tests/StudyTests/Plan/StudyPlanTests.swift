import Foundation
import Testing

@testable import Study

@Suite struct StudyPlanTests {
  @Test func isTheSameForTheSameSeedAndAnotherForAnother() throws {
    let plan = try StudyPlan.make(for: StudyFixture.full, participants: 20, seed: 7)
    #expect(try StudyPlan.make(for: StudyFixture.full, participants: 20, seed: 7) == plan)
    #expect(try StudyPlan.make(for: StudyFixture.full, participants: 20, seed: 8).rows != plan.rows)
    // More participants leave the assignments of the others as they are.
    #expect(
      try StudyPlan.make(for: StudyFixture.full, participants: 30, seed: 7).rows.prefix(20) == plan.rows[...])
  }

  @Test func comesBackFromItsFile() throws {
    let path = FileManager.default.temporaryDirectory.path + "/vitrine-plan-\(UUID().uuidString).json"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let plan = try StudyPlan.make(for: StudyFixture.full, participants: 5, seed: 7)
    try plan.write(to: path)
    let data = try Data(contentsOf: URL(fileURLWithPath: path))
    #expect(try StudyPlan(json: data, of: StudyFixture.full, place: path) == plan)
    var changed = StudyFixture.full
    changed.title += "!"
    #expect(throws: StudyError.self) { try StudyPlan(json: data, of: changed, place: path) }
  }

  @Test func everyTrialHasItsPlace() throws {
    let plan = try StudyPlan.make(for: StudyFixture.full, participants: 40, seed: 3)
    for row in plan.rows {
      #expect(Set(row.trials.map(\.id)).count == row.trials.count)
      let rated = row.trials.filter { $0.part == "labels" }
      #expect(rated.map(\.kind).filter { $0 == .practice } == [.practice] && rated[0].kind == .practice)
      #expect(rated.count == 1 + 10 + 2 + 2)
      #expect(rated[1].kind == .main)
      for (place, trial) in rated.enumerated() where trial.kind == .repeat {
        let original = try #require(rated.firstIndex { $0.kind == .main && $0.item == trial.item })
        #expect(place - original > 2)
        #expect(rated[original].methods != trial.methods)
      }
    }
  }

  @Test func identitiesTellNothingAndAreOfTheRow() throws {
    let plan = try StudyPlan.make(for: StudyFixture.full, participants: 10, seed: 3)
    let all = plan.rows.flatMap { $0.trials.map(\.id) }
    #expect(Set(all).count == all.count)
    #expect(all.allSatisfy { $0.count == 12 })
  }

  @Test func refusesNobodyAndTooMany() {
    for participants in [0, -1, 10_001] {
      #expect(throws: StudyError.self) {
        try StudyPlan.make(for: StudyFixture.full, participants: participants, seed: 1)
      }
    }
  }
}
