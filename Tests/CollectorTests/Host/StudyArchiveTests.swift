import Foundation
import Study
import Testing

@testable import Collector
@testable import CollectorTrial

@Suite struct StudyArchiveTests {
  @Test func exportsWhatWasSent() throws {
    let collector = try RunningCollector()
    let participant = try collector.participant()
    let answers = collector.allAnswers(participant)
    #expect(try participant.post("events", participant.body(answers)).status == 200)
    _ = try collector.participant(isTest: true)
    let archive = try StudyArchive(databasePath: collector.database)
    let folder = collector.folder.path + "/export"
    #expect(try archive.export(to: folder) == answers.count)
    func text(_ name: String) throws -> String {
      try String(contentsOfFile: folder + "/" + name, encoding: .utf8)
    }
    let lines = try text("events.jsonl").split(separator: "\n").enumerated().map {
      try ResponseEvent(jsonLine: String($1), place: "line \($0 + 1)")
    }
    #expect(lines == (try archive.events()))
    #expect(try ResponseEvent.rows(csv: text("events.csv"), place: "events.csv") == lines)
    let codebook = try text("codebook.md")
    #expect(codebook.contains(collector.hash))
    #expect(ResponseEvent.columns.allSatisfy { codebook.contains("| `\($0)` |") })
  }

  @Test func namesOfAPanelAreExportedOnlyOnDemand() throws {
    let collector = try RunningCollector()
    let participant = TrialParticipant(port: collector.port, hash: collector.hash)
    try participant.begin(row: 3, passed: ["PROLIFIC_PID": "=panel,1"])
    let identity = try #require(participant.place?.participant)
    let archive = try StudyArchive(databasePath: collector.database)
    let folder = collector.folder.path + "/export"
    func table(_ selection: StudyArchive.Selection) throws -> [[Substring]] {
      try archive.export(to: folder, selection)
      return try String(contentsOfFile: folder + "/participants.csv", encoding: .utf8).split(separator: "\n")
        .map { $0.split(separator: ",", maxSplits: 4, omittingEmptySubsequences: false) }
    }
    let plain = try table(.init())
    #expect(plain[0] == ["participant", "plan_row", "begun_at", "finished_at"])
    #expect(plain.count == 2 && plain[1][0] == identity && plain[1][1] == "3" && plain[1][3] == "")
    var selection = StudyArchive.Selection()
    selection.passed = true
    let full = try table(selection)
    #expect(full[0].last == "PROLIFIC_PID" && full[1].last == "\"'=panel,1\"")
    var tests = StudyArchive.Selection()
    tests.testRuns = true
    #expect(try table(tests).count == 1)
  }

  @Test func backsUpWhileAnswersCome() throws {
    let collector = try RunningCollector()
    let participant = try collector.participant()
    let archive = try StudyArchive(databasePath: collector.database)
    for number in 0..<5 {
      #expect(
        try participant.post("events", participant.body([try collector.answer(participant)])).status == 200)
      let path = collector.folder.path + "/backups/\(number).sqlite"
      try archive.backup(to: path)
      #expect(try StudyArchive(databasePath: path).events().count == number + 1)
      #expect(throws: (any Error).self) { try archive.backup(to: path) }
    }
    let left = try FileManager.default.contentsOfDirectory(atPath: collector.folder.path + "/backups")
    #expect(!left.contains { $0.contains(".tmp-") })
  }

  @Test func withdrawsOnTheHost() async throws {
    let folder = try TrialFolder()
    let definition = TrialStudy.definition()
    let intake = try Intake(
      definition, try StudyPlan.make(for: definition, participants: 2, seed: 1),
      databasePath: folder.path + "/answers.sqlite", limits: CollectorLimits())
    let begun = try await intake.begin(.init())
    let archive = try StudyArchive(databasePath: folder.path + "/answers.sqlite")
    #expect(throws: CollectorError.self) { try archive.withdraw(code: "0000-0000-0000") }
    try archive.withdraw(code: begun.withdrawalCode)
    #expect(try archive.status().withdrawn == 1 && archive.status().begun == 0)
    await #expect(throws: IntakeFault.withdrawn) { try await intake.resume(token: begun.token) }
  }
}
