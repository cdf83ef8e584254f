import Foundation
import Study
import Synchronization
import Testing

@testable import Collector
@testable import CollectorTrial

@Suite struct HandOutTests {
  /// A clock that is set by hand.
  private final class Clock: Sendable {
    let seconds = Mutex(1_800_000_000.0)
    func pass(_ interval: Double) { seconds.withLock { $0 += interval } }
    var now: @Sendable () -> Date { { Date(timeIntervalSince1970: self.seconds.withLock { $0 }) } }
  }

  private func intake(_ folder: TrialFolder, rows: Int, _ clock: Clock) throws -> Intake {
    let definition = TrialStudy.definition()
    return try Intake(
      definition, try StudyPlan.make(for: definition, participants: rows, seed: 1),
      databasePath: folder.path + "/answers.sqlite", limits: CollectorLimits(), clock: clock.now)
  }

  private func complete(_ begun: Intake.Begun, _ intake: Intake) async throws {
    let assignment = try #require(intake.assignments[begun.row])
    let answers = assignment.trials.flatMap { trial in
      trial.questions.map {
        StudyAnswer(
          eventID: UUID().uuidString.lowercased(), session: begun.session, trialID: trial.id, question: $0.id,
          value: TrialStudy.value(for: $0, number: 0), answeredAt: "2026-11-22T10:00:01.500Z")
      }
    }
    _ = try await intake.keep(answers, token: begun.token)
    _ = try await intake.finish(token: begun.token)
  }

  @Test func manyAtOnceGetAllRowsAlike() async throws {
    let folder = try TrialFolder()
    let intake = try intake(folder, rows: 8, Clock())
    let rows = try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<64 { group.addTask { try await intake.begin(.init()).row } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    let counts = Dictionary(grouping: rows) { $0 }.mapValues(\.count)
    #expect(counts.count == 8 && counts.values.allSatisfy { $0 == 8 })
  }

  @Test func whoDropsOutIsForgottenAndTheRowIsGivenAgain() async throws {
    let folder = try TrialFolder()
    let clock = Clock()
    let intake = try intake(folder, rows: 3, clock)
    // Row 1 is completed, rows 2 and 3 are begun and left.
    let first = try await intake.begin(.init())
    try await complete(first, intake)
    #expect(try await intake.begin(.init()).row == 2)
    #expect(try await intake.begin(.init()).row == 3)
    clock.pass(Double(intake.limits.patienceSeconds) + 1)
    let next = try await [intake.begin(.init()).row, intake.begin(.init()).row]
    #expect(next.sorted() == [2, 3])
  }

  @Test func testRunsAreNeverCounted() async throws {
    let folder = try TrialFolder()
    let intake = try intake(folder, rows: 2, Clock())
    for _ in 0..<3 {
      let begun = try await intake.begin(.init(row: 1, isTest: true))
      try await complete(begun, intake)
    }
    #expect(try await intake.begin(.init()).row == 1)
    let archive = try StudyArchive(databasePath: folder.path + "/answers.sqlite")
    let status = try archive.status()
    #expect(status.testRuns == 3 && status.completed == 0 && status.begun == 1 && status.answers == 0)
    #expect(try archive.events().isEmpty)
    var tests = StudyArchive.Selection()
    tests.testRuns = true
    #expect(try !archive.events(tests).isEmpty)
  }

  @Test func withdrawalsFreeTheirRow() async throws {
    let folder = try TrialFolder()
    let intake = try intake(folder, rows: 2, Clock())
    let first = try await intake.begin(.init())
    try await complete(first, intake)
    let second = try await intake.begin(.init())
    try await complete(second, intake)
    try await intake.withdraw(code: second.withdrawalCode)
    #expect(try await intake.begin(.init()).row == second.row)
  }

  @Test func linksNameRowsThatThereAre() async throws {
    let folder = try TrialFolder()
    let intake = try intake(folder, rows: 2, Clock())
    #expect(try await intake.begin(.init(row: 2)).row == 2)
    await #expect(throws: IntakeFault.self) { try await intake.begin(.init(row: 3)) }
    await #expect(throws: IntakeFault.self) { try await intake.begin(.init(passed: ["SECRET": "1"])) }
  }

  @Test func balanceHoldsWithDropOut() async throws {
    let folder = try TrialFolder()
    let clock = Clock()
    let intake = try intake(folder, rows: 6, clock)
    var chance = Chance(seed: 5)
    var completed: [Int: Int] = [:]
    for _ in 0..<60 {
      let begun = try await intake.begin(.init())
      clock.pass(900)
      // A third never gets to the end.
      guard chance.number(below: 3) > 0 else { continue }
      try await complete(begun, intake)
      completed[begun.row, default: 0] += 1
    }
    let counts = (1...6).map { completed[$0] ?? 0 }
    #expect((counts.max() ?? 0) - (counts.min() ?? 0) <= 2, "\(counts)")
  }

  /// Participants come in crowds of which a third leaves; what one crowd lacks the next makes up for.
  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func balanceHoldsWithCrowdsThatDropOut(seed: UInt64) async throws {
    let folder = try TrialFolder()
    let clock = Clock()
    let intake = try intake(folder, rows: 6, clock)
    var chance = Chance(seed: seed)
    var completed: [Int: Int] = [:]
    for number in 1...8 {
      let crowd = try await withThrowingTaskGroup(of: Intake.Begun.self) { group in
        for _ in 0..<12 { group.addTask { try await intake.begin(.init()) } }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      // Of the last one nobody leaves.
      let stay = crowd.sorted { $0.row < $1.row }.filter { _ in number == 8 || chance.number(below: 3) > 0 }
      try await withThrowingTaskGroup(of: Void.self) { group in
        for begun in stay { group.addTask { try await self.complete(begun, intake) } }
        try await group.waitForAll()
      }
      for begun in stay { completed[begun.row, default: 0] += 1 }
      clock.pass(Double(intake.limits.patienceSeconds) + 1)
    }
    let counts = (1...6).map { completed[$0] ?? 0 }
    #expect((counts.max() ?? 0) - (counts.min() ?? 0) <= 1, "\(counts)")
    #expect(counts.reduce(0, +) > 50)
  }
}
