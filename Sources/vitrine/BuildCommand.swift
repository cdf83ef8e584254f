import ArgumentParser
import Exhibition

/// `vitrine build`
struct BuildCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "build", abstract: "Do an exhibition's jobs and make its site.",
    discussion: """
      Done jobs are not repeated. If jobs fail, the site is made all the same, with gaps, and the exit code is 1.

      EXAMPLE
        vitrine build content/exhibition.yaml
      """)

  @OptionGroup var exhibition: ExhibitionOptions
  @OptionGroup var running: RunOptions
  @OptionGroup var site: SiteOptions

  func run() throws {
    let exhibition = try exhibition.read()
    let store = Store(folder: self.exhibition.store)
    let isWhole = try ExhibitionRun(exhibition: exhibition, store: store, options: running.options).perform()
    try site.render(exhibition, store: store)
    guard isWhole else { throw ExitCode.failure }
  }
}
