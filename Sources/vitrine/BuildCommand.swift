import ArgumentParser
import Exhibition
import Support

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
    let start = FileStatus.Time.now
    let began = ContinuousClock.now
    let exhibition = try exhibition.read()
    let store = Store(folder: self.exhibition.store)
    let builder = try site.builder(exhibition, store: store, start: start)
    if !running.verify, let last = builder.standing(), last.isWhole {
      let seconds = Double((ContinuousClock.now - began) / .milliseconds(1)) / 1000
      Console.note(ExhibitionRun.summary(done: 0, already: last.jobs, seconds: seconds))
      site.tell(last, seconds: seconds)
      return
    }
    let isWhole = try ExhibitionRun(exhibition: exhibition, store: store, options: running.options).perform()
    try site.render(builder)
    guard isWhole else { throw ExitCode.failure }
  }
}
