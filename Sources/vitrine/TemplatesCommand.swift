import ArgumentParser
import Gallery

/// `vitrine templates`
struct TemplatesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "templates",
    abstract: "List the templates with every tag that each may show, as Markdown.",
    discussion: """
      EXAMPLE
        vitrine templates > docs/templates.md
      """)

  func run() throws { Console.print(try TemplateReference.markdown()) }
}
