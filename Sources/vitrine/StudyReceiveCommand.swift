import ArgumentParser
import Collector

/// `vitrine study receive`
struct StudyReceiveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "receive", abstract: "Take in files of answers that participants sent by hand.",
    discussion: """
      Where no collector was reached, a study's page saves the answers as a file. It is held to the same rules as what comes \
      over the network; the same file twice changes nothing. A file is taken whole or not at all.

      EXAMPLE
        vitrine study receive studies/pilot mail/*.json
      """)

  @OptionGroup var study: StudyOptions

  @Argument(help: "The files.", completion: .file())
  var files: [String]

  func run() throws {
    let (definition, plan) = try study.folder.read()
    let desk = try ReceivingDesk(definition, plan, databasePath: study.databasePath)
    var isWhole = true
    for file in files {
      do {
        let receipt = try desk.receive(file: file)
        let text = "\(Console.count(receipt.saved, "answer")) saved, \(receipt.known) known"
        Console.print(
          "\(file): \(text)\(receipt.isComplete ? "" : "; the participant didn't get to the end")")
      } catch {
        Console.error(error)
        isWhole = false
      }
    }
    guard isWhole else { throw ExitCode.failure }
  }
}
