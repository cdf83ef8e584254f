import ArgumentParser
import Collector

/// `vitrine study withdraw`
struct StudyWithdrawCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "withdraw", abstract: "Delete the answers of a participant who withdraws.",
    discussion: """
      The code is the one that the participant was shown in the end. That somebody withdrew is counted; nothing else is \
      kept. A collector may be running.

      EXAMPLE
        vitrine study withdraw studies/pilot 7KQX-2M9D-04TW
      """)

  @OptionGroup var study: StudyOptions

  @Argument(help: "The participant's code.")
  var code: String

  func run() throws {
    try StudyArchive(databasePath: study.databasePath).withdraw(code: code)
    Console.print("withdrawn")
  }
}
