import Foundation
import Study
import Testing

@testable import Collector
@testable import CollectorTrial

/// A disk that is full: nothing acknowledged is lost, and it goes on when there is room.
@Suite struct FullDiskTests {
  private struct Outcome {
    var statuses: Set<Int> = []
    var acknowledged: Set<String> = []
  }

  private func fill(_ child: Child, _ folder: String, requests: Int) throws -> Outcome {
    let study = try StudyFolder(path: folder).read()
    let assignments = try StudyAssignment.all(study.plan, of: study.definition)
    let participant = TrialParticipant(port: child.port, hash: try study.definition.hash())
    var outcome = Outcome()
    try participant.begin()
    let place = try #require(participant.place)
    let trial = try #require(assignments[place.row]?.trials.first { $0.part == "words" })
    for _ in 0..<requests {
      let answers = (0..<20).map { _ in
        StudyAnswer(
          eventID: UUID().uuidString.lowercased(), session: place.session, trialID: trial.id,
          question: "word",
          value: String(repeating: "word ", count: 19), answeredAt: "2026-11-22T10:00:01.500Z")
      }
      let response = try participant.post("events", participant.body(answers))
      outcome.statuses.insert(response.status)
      if response.status == 200 { outcome.acknowledged.formUnion(answers.map(\.eventID)) }
    }
    return outcome
  }

  /// SQLite's own limit, and one of the system on the size of files, under which writing fails in the middle of a commit.
  @Test(arguments: [("", ["size=300000"], 507), ("ulimit -f 600;", [], 503)])
  func nothingAcknowledgedIsLost(shell: String, options: [String], status: Int) throws {
    let folder = try TrialFolder()
    let definition = TrialStudy.definition()
    try StudyFolder(path: folder.path).write(
      definition, try StudyPlan.make(for: definition, participants: 4, seed: 1))
    let database = folder.path + "/answers.sqlite"
    let full = try Child(
      folder: folder.path, database: database, port: 0, shell: shell, options: options)
    var outcome = try fill(full, folder.path, requests: 60)
    #expect(outcome.statuses == [200, status])
    #expect(try PlainClient(port: full.port).get("/health").status == 200)
    if status == 507 { #expect(try PlainClient(port: full.port).get("/ready").status == status) }
    full.kill()
    let roomy = try Child(folder: folder.path, database: database, port: 0)
    let more = try fill(roomy, folder.path, requests: 5)
    #expect(more.statuses == [200])
    #expect(roomy.stop() == 0)
    outcome.acknowledged.formUnion(more.acknowledged)
    let kept = try StudyArchive(databasePath: database).events().map(\.eventID)
    #expect(Set(kept) == outcome.acknowledged && kept.count == outcome.acknowledged.count)
  }
}
