import ArgumentParser
import Collector

/// `vitrine study status`
struct StudyStatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Show how far a study is.",
    discussion: """
      A collector may be running.

      EXAMPLE
        vitrine study status studies/pilot
      """)

  @OptionGroup var study: StudyOptions

  func run() throws {
    let (_, plan) = try study.folder.read()
    let archive = try StudyArchive(databasePath: study.databasePath)
    let status = try archive.status()
    guard status.studyHash == plan.studyHash else {
      throw CollectorError.otherStudy(
        path: study.databasePath, found: "\(status.study) (\(status.studyHash))",
        expected: "\(plan.study) (\(plan.studyHash))")
    }
    Console.print("\(status.study)  \(status.studyHash)")
    Console.print("\(Console.count(status.begun, "participant")) began, \(status.completed) got to the end")
    Console.print("\(Console.count(status.answers, "answer")), every attempt counted")
    let completed = plan.rows.map { status.completedByRow[$0.number] ?? 0 }
    let least = completed.min() ?? 0
    let most = completed.max() ?? 0
    let text = least == most ? "\(least)" : "\(least) to \(most)"
    Console.print("each of the plan's \(Console.count(plan.rows.count, "row")) was completed \(text) times")
    if status.testRuns > 0 { Console.print("\(Console.count(status.testRuns, "test run")), kept apart") }
    if status.withdrawn > 0 { Console.print("\(Console.count(status.withdrawn, "participant")) withdrew") }
  }
}
