import ArgumentParser
import Study

/// `vitrine study words`
struct StudyWordsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "words", abstract: "List the words of a study's pages, to be translated.",
    discussion: """
      Prints them as the "interface" of a study in exhibition.yaml. Places in braces, such as {n}, stay as they are.

      EXAMPLE
        vitrine study words > german.yaml
      """)

  func run() throws {
    Console.print("interface:")
    for (name, text) in StudyWords.english.sorted(by: { $0.key < $1.key }) {
      let quoted = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
      Console.print("  \(name): \"\(quoted)\"")
    }
  }
}
