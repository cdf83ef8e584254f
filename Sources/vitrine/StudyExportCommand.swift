import ArgumentParser
import Collector

/// `vitrine study export`
struct StudyExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write a study's answers as CSV and JSON Lines, with a codebook.",
    discussion: """
      A collector may be running: the export is of one moment.

      EXAMPLE
        vitrine study export studies/pilot -o pilot-data
      """)

  @OptionGroup var study: StudyOptions

  @Option(
    name: .shortAndLong, help: "The folder of events.csv, events.jsonl, participants.csv and codebook.md.",
    completion: .directory)
  var output: String

  @Flag(help: "Only the attempt that counts of each question.")
  var latest = false

  @Flag(help: "The answers of test runs instead of the participants'.")
  var testRuns = false

  @Flag(help: "Also what links handed on, such as PROLIFIC_PID: with it, pseudonyms lead to people.")
  var passed = false

  func run() throws {
    var selection = StudyArchive.Selection()
    selection.latestOnly = latest
    selection.testRuns = testRuns
    selection.passed = passed
    let rows = try StudyArchive(databasePath: study.databasePath).export(to: output, selection)
    Console.print("\(output): \(Console.count(rows, "row"))")
  }
}
