import Foundation
import Study
import Support
import Testing

@testable import Collector
@testable import CollectorTrial

@Suite struct ReceivingDeskTests {
  private let folder: TrialFolder
  private let definition = TrialStudy.definition()
  private let plan: StudyPlan
  private let assignment: StudyAssignment
  private let code = Secret.withdrawalCode()

  init() throws {
    folder = try TrialFolder()
    plan = try StudyPlan.make(for: definition, participants: 3, seed: 1)
    assignment = try #require(try StudyAssignment.all(plan, of: definition)[2])
  }

  private var database: String { folder.path + "/answers.sqlite" }

  private var answers: [StudyAnswer] {
    assignment.trials.flatMap { trial in
      trial.questions.enumerated().map { index, question in
        StudyAnswer(
          // The same identity in every file that is made of the same answers.
          eventID: UUID(uuidString: Self.identity("\(trial.id) \(index)"))?.uuidString.lowercased() ?? "",
          session: "00000000000000aa", trialID: trial.id, question: question.id,
          value: TrialStudy.value(for: question, number: 2), answeredAt: "2026-11-22T10:00:01.500Z")
      }
    }
  }

  private static func identity(_ text: String) -> String {
    let digits = Array(Digest.sha256(text).prefix(32))
    return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(digits[$0]) }.joined(separator: "-")
  }

  private func file(_ answers: [StudyAnswer], _ changes: [String: JSONValue] = [:]) throws -> String {
    var members: [String: JSONValue] = [
      "study_hash": .string(try definition.hash()), "row": .number("2"),
      "participant": .string("00000000000000bb"),
      "withdrawal_sha256": .string(Secret.digest(code)), "events": .array(answers.map(\.json)),
    ]
    for (name, value) in changes { members[name] = value }
    let path = folder.path + "/answers-\(UUID().uuidString).json"
    try AtomicFile.write(JSONValue.object(members).canonical, to: path)
    return path
  }

  @Test func twiceIsOnce() throws {
    let desk = try ReceivingDesk(definition, plan, databasePath: database)
    let part = Array(answers.prefix(10))
    #expect(try desk.receive(file: file(part)) == .init(saved: 10, known: 0, isComplete: false))
    let whole = try file(answers)
    #expect(try desk.receive(file: whole) == .init(saved: answers.count - 10, known: 10, isComplete: true))
    #expect(try desk.receive(file: whole) == .init(saved: 0, known: answers.count, isComplete: true))
    let archive = try StudyArchive(databasePath: database)
    #expect(try archive.status().completedByRow == [2: 1])
    #expect(try archive.events().map(\.eventID) == answers.map(\.eventID))
    try archive.withdraw(code: code)
    #expect(try archive.events().isEmpty)
  }

  @Test func wrongFilesChangeNothing() throws {
    let desk = try ReceivingDesk(definition, plan, databasePath: database)
    _ = try desk.receive(file: file(Array(answers.prefix(3))))
    let before = try StudyArchive(databasePath: database).events()
    var wrong = answers[5]
    wrong.value = "nothing"
    var altered = answers[0]
    altered.attempt = 2
    let files = [
      try file([answers[4], wrong]), try file([answers[4], altered]),
      try file(answers, ["row": .number("1")]),
      try file(answers, ["row": .number("9")]), try file(answers, ["study_hash": .string("0")]),
      try file(answers, ["participant": .string("../x")]), try file(answers, ["extra": .null]),
      try file(answers, ["withdrawal_sha256": .string(Secret.digest("other"))]),
      try file(answers, ["test": .bool(true)]),
      try file(answers, ["participant": .string("00000000000000cc")]),
      folder.path + "/none.json", folder.path,
    ]
    for file in files { #expect(throws: (any Error).self, "\(file)") { try desk.receive(file: file) } }
    #expect(try StudyArchive(databasePath: database).events() == before)
    #expect(try StudyArchive(databasePath: database).status().begun == 1)
  }
}
