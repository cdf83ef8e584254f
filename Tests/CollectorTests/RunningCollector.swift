import Foundation
import Study

@testable import Collector
@testable import CollectorTrial

/// A collector of ``TrialStudy`` in a process and at a port of its own.
final class RunningCollector {
  let folder: TrialFolder
  let hash: String
  let assignments: [Int: StudyAssignment]
  private let child: Child

  var port: Int { child.port }
  var database: String { folder.path + "/answers.sqlite" }

  /// Starts one; `options` are those of `CollectorTrial serve`.
  init(resume: StudyDefinition.ResumePolicy = .resume, options: [String] = []) throws {
    folder = try TrialFolder()
    let definition = TrialStudy.definition(resume: resume)
    let plan = try StudyPlan.make(for: definition, participants: 12, seed: 1)
    try StudyFolder(path: folder.path).write(definition, plan)
    hash = try definition.hash()
    assignments = try StudyAssignment.all(plan, of: definition)
    child = try Child(
      folder: folder.path, database: folder.path + "/answers.sqlite", port: 0, options: options)
  }

  deinit { child.kill() }

  /// A participant who began.
  func participant(row: Int? = nil, isTest: Bool = false) throws -> TrialParticipant {
    let participant = TrialParticipant(port: port, hash: hash)
    try participant.begin(row: row, isTest: isTest)
    return participant
  }

  /// The right answers to all that a participant is asked, one for each question.
  func allAnswers(_ participant: TrialParticipant) -> [StudyAnswer] {
    guard let place = participant.place, let assignment = assignments[place.row] else { return [] }
    return assignment.trials.flatMap { trial in
      trial.questions.map { question in
        StudyAnswer(
          eventID: UUID().uuidString.lowercased(), session: place.session, trialID: trial.id,
          question: question.id, value: TrialStudy.value(for: question, number: 0),
          answeredAt: "2026-11-22T10:00:01.500Z")
      }
    }
  }

  /// One answer to a rating.
  func answer(_ participant: TrialParticipant, value: String = "4") throws -> StudyAnswer {
    guard var answer = allAnswers(participant).first(where: { $0.question == "rating-1" }) else {
      throw PlainClient.Broken()
    }
    answer.value = value
    return answer
  }

  /// All that is kept, to see whether something changed.
  func kept() throws -> [String] {
    let archive = try StudyArchive(databasePath: database)
    let status = try archive.status()
    return try archive.events().map(\.jsonLine) + ["\(status)"]
  }
}
