import Study
import Testing

@testable import Collector
@testable import CollectorTrial

/// Simulated participants over HTTP.
@Suite struct RehearsalTests {
  @Test func everyAnswerIsKept() async throws {
    let collector = try RunningCollector()
    let (definition, plan) = try StudyFolder(path: collector.folder.path).read()
    let rehearsal = try Rehearsal(
      definition, plan, at: "http://127.0.0.1:\(collector.port)/", origin: TrialStudy.origin)
    let taste = SimulatedTaste(definition, seed: 1)
    var told = 0
    let outcome = try await rehearsal.run(participants: 30, taste: taste, seed: 1, isTest: false) {
      told = $0
    }
    #expect(told == 30 && outcome.finished + outcome.left == 30 && outcome.finished > 20)
    let archive = try StudyArchive(databasePath: collector.database)
    let status = try archive.status()
    #expect(status.begun == 30 && status.completed == outcome.finished && status.testRuns == 0)
    #expect(try archive.events().count == outcome.answers)
    _ = try await rehearsal.run(participants: 2, taste: taste, seed: 2, isTest: true)
    #expect(try archive.status().testRuns == 2 && archive.status().begun == 30)
  }

  @Test func refusalsAreTold() async throws {
    let collector = try RunningCollector()
    let (definition, plan) = try StudyFolder(path: collector.folder.path).read()
    let rehearsal = try Rehearsal(
      definition, plan, at: "http://127.0.0.1:\(collector.port)", origin: "https://other.example")
    let taste = SimulatedTaste(definition, seed: 1)
    await #expect { try await rehearsal.run(participants: 1, taste: taste, seed: 1, isTest: true) } throws: {
      "\($0)".contains("begin answered 403")
    }
    let nobody = try Rehearsal(
      definition, plan, at: "http://127.0.0.1:1", origin: TrialStudy.origin)
    await #expect { try await nobody.run(participants: 1, taste: taste, seed: 1, isTest: true) } throws: {
      "\($0)".contains("can't be reached")
    }
  }
}
