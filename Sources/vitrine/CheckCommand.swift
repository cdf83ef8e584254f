import ArgumentParser
import Gallery

/// `vitrine check`
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Look for faults in a finished site.",
    discussion: """
      Links and anchors within the site, texts of pictures, headings, labels of fields, contrast of the colours in both \
      themes, requests to other sites, and how much a page loads. `vitrine build` and `vitrine render` do the same before \
      they publish a site; this is for one that was changed since. Prints a fault a line, with file and line; the exit code \
      is 1 if there are any.

      EXAMPLE
        vitrine check site
      """)

  @Argument(help: "The site's folder.", completion: .directory)
  var folder = "site"

  func run() throws {
    let (pages, faults) = try FinishedSite(folder: folder).check()
    for fault in faults { Console.print(fault) }
    let found = faults.isEmpty ? "no fault" : Console.count(faults.count, "fault")
    Console.note("\(folder): \(Console.count(pages, "page")), \(found)")
    guard faults.isEmpty else { throw ExitCode.failure }
  }
}
