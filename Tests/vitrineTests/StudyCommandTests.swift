import Foundation
import Study
import Testing

@testable import CollectorTrial

/// A study's answers on the command line: taken, shown, exported, copied, withdrawn.
@Suite struct StudyCommandTests {
  private let folder: TestFolder
  private let definition = TrialStudy.definition()
  private let assignments: [Int: StudyAssignment]

  init() throws {
    folder = try TestFolder()
    let plan = try StudyPlan.make(for: definition, participants: 6, seed: 1)
    assignments = try StudyAssignment.all(plan, of: definition)
    try StudyFolder(path: folder.path + "/pilot").write(definition, plan)
  }

  private func run(_ arguments: String...) throws -> Program.Outcome {
    try Program.run(arguments, in: folder.path)
  }

  /// `vitrine collect`, until the work is done; what it said.
  private func collecting(_ work: (TrialParticipant) throws -> Void) throws -> String {
    let said = folder.path + "/collect.log"
    try folder.write("collect.log", "")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Program.path)
    process.arguments = ["collect", "pilot", "--port", "0", "--origin", TrialStudy.origin]
    process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    process.standardError = FileHandle(forWritingAtPath: said)
    try process.run()
    defer { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }
    var port: Int?
    let start = Date()
    while port == nil, process.isRunning, -start.timeIntervalSinceNow < 30 {
      usleep(10_000)
      let text = try String(contentsOfFile: said, encoding: .utf8)
      port = text.firstMatch(of: #/http:\/\/127\.0\.0\.1:(\d+)\/collect\/trial-study/#).flatMap {
        Int($0.output.1)
      }
    }
    try work(TrialParticipant(port: try #require(port), hash: try definition.hash()))
    process.terminate()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return try String(contentsOfFile: said, encoding: .utf8)
  }

  @Test func fromCollectingToWithdrawing() throws {
    var sent = 0
    var token = ""
    let said = try collecting { participant in
      try participant.begin(row: 2)
      let place = try #require(participant.place)
      token = place.token
      let answers = try #require(assignments[2]).trials.flatMap { trial in
        trial.questions.map {
          StudyAnswer(
            eventID: UUID().uuidString.lowercased(), session: place.session, trialID: trial.id,
            question: $0.id,
            value: TrialStudy.value(for: $0, number: 1), answeredAt: "2026-11-22T10:00:01.500Z")
        }
      }
      sent = answers.count
      #expect(try participant.post("events", participant.body(answers)).status == 200)
      let hash = JSONValue.object(["study_hash": .string(try definition.hash())])
      #expect(try participant.post("finish", hash).status == 200)
    }
    // The log tells what was done, and nothing of who did it.
    #expect(said.contains("step=events") && said.contains("status=200") && said.contains("stopped; all that"))
    #expect(!said.contains(token) && !said.contains("a word"))

    let status = try run("study", "status", "pilot")
    #expect(status.code == 0, "\(status.errors)")
    #expect(status.output.contains("1 participant began, 1 got to the end"))
    #expect(status.output.contains("\(sent) answers") && status.output.contains("completed 0 to 1 times"))

    let export = try run("study", "export", "pilot", "-o", "data", "--latest")
    #expect(export.code == 0 && export.output.contains("data: \(sent) rows"), "\(export.errors)")
    #expect(folder.files("data") == ["codebook.md", "events.csv", "events.jsonl", "participants.csv"])

    #expect(try run("study", "backup", "pilot", "-o", "copy.sqlite").code == 0)
    let again = try run("study", "backup", "pilot", "-o", "copy.sqlite")
    #expect(again.code == 1 && again.errors.contains("never replaces a file"))
    #expect(try run("study", "status", "pilot", "--database", "copy.sqlite").output == status.output)

    let wrong = try run("study", "withdraw", "pilot", "0000-0000-0000")
    #expect(wrong.code == 1 && wrong.errors.contains("no answers have the code"))
  }

  @Test func mistakesAreNamed() throws {
    let cases: [(arguments: [String], code: Int32, message: String)] = [
      (["collect", "nowhere"], 1, "nowhere/study.json: No such file"),
      (["collect", "pilot", "--host", "0.0.0.0"], 64, "say by --origin"),
      (["collect", "pilot", "--origin", "https://a.example/study"], 1, "is no origin"),
      (["collect", "pilot", "--port", "70000"], 64, "--port is from 0 to 65535"),
      (["collect", "pilot", "--log", "loud"], 64, "--log is one of trace"),
      (["collect", "pilot", "--database", "none/a.sqlite"], 1, "there is no folder"),
      (["collect", "pilot", "--database", "pilot/study.json"], 1, "can't keep answers in pilot/study.json"),
      (["study", "status", "pilot"], 1, "there is no such file"),
      (["study", "export", "pilot"], 64, "--output"),
      (["study", "receive", "pilot", "none.json"], 1, "none.json"),
    ]
    for (arguments, code, message) in cases {
      let outcome = try Program.run(arguments, in: folder.path)
      #expect(outcome.code == code && outcome.errors.contains(message), "\(arguments): \(outcome.errors)")
    }
  }

  @Test func aChangedDefinitionIsRefused() throws {
    _ = try collecting { try $0.begin() }
    var changed = definition
    changed.title += "!"
    try StudyFolder(path: folder.path + "/pilot").write(
      changed, try StudyPlan.make(for: changed, participants: 6, seed: 1))
    let outcome = try run("collect", "pilot")
    #expect(outcome.code == 1 && outcome.errors.contains("the definition must not change once a study began"))
  }
}
