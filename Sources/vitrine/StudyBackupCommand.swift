import ArgumentParser
import Collector

/// `vitrine study backup`
struct StudyBackupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup", abstract: "Write a checked copy of a study's answers.",
    discussion: """
      A collector may be running. The copy is a database like the one that it was made of; copying that file by other means \
      may lose the last answers. Who withdraws is still in earlier copies: delete those.

      EXAMPLE
        vitrine study backup studies/pilot -o /backup/pilot-2026-11-22.sqlite
      """)

  @OptionGroup var study: StudyOptions

  @Option(name: .shortAndLong, help: "The copy, a file that isn't there yet.", completion: .file())
  var output: String

  func run() throws {
    try StudyArchive(databasePath: study.databasePath).backup(to: output)
    Console.print("\(output): written and checked")
  }
}
