import ArgumentParser
import Exhibition
import Support

/// `vitrine render`
struct RenderCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "render", abstract: "Make the site from what the store holds.",
    discussion: """
      Runs no network. Pictures that are missing are shown as gaps.

      EXAMPLE
        vitrine render content/exhibition.yaml --output site
      """)

  @OptionGroup var exhibition: ExhibitionOptions
  @OptionGroup var site: SiteOptions

  func run() throws {
    let start = FileStatus.Time.now
    let builder = try site.builder(
      try exhibition.read(), store: Store(folder: exhibition.store), start: start)
    try site.render(builder)
  }
}
