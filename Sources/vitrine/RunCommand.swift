import ArgumentParser
import Exhibition

/// `vitrine run`
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Do an exhibition's jobs that aren't done yet.",
    discussion: """
      Ctrl-C stops within a moment; what is done is kept, and the same command goes on.

      EXAMPLE
        vitrine run content/exhibition.yaml
        vitrine run content/full.yaml --shard 2/8 --store /shared/store
      """)

  @OptionGroup var exhibition: ExhibitionOptions
  @OptionGroup var running: RunOptions

  func run() throws {
    let run = ExhibitionRun(
      exhibition: try exhibition.read(), store: Store(folder: exhibition.store), options: running.options)
    guard try run.perform() else { throw ExitCode.failure }
  }
}
