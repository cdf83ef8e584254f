import ArgumentParser
import Exhibition
import Gallery
import Support

/// Where the site goes, and what it is made with.
struct SiteOptions: ParsableArguments {
  @Option(name: .shortAndLong, help: "The site's folder.", completion: .directory)
  var output = "site"

  @Option(help: "Templates instead of the built-in ones.", completion: .directory)
  var templates: String?

  /// What makes the site. `start` is a moment before the configuration was read.
  func builder(_ exhibition: Exhibition, store: Store, start: FileStatus.Time) throws -> SiteBuilder {
    SiteBuilder(
      exhibition: exhibition, store: store,
      templates: try TemplateFolders.all(given: templates, own: exhibition.templates), output: output,
      readAfter: start)
  }

  /// Makes the site from what the store holds, if anything has changed, and says what was done.
  func render(_ builder: SiteBuilder) throws {
    let start = ContinuousClock.now
    let cancellation = Cancellation()
    let interrupt = Interrupt(cancellation)
    let summary: SiteBuilder.Summary
    do {
      summary = try withExtendedLifetime(interrupt) {
        try builder.standing() ?? builder.build(cancellation: cancellation)
      }
    } catch is CancellationError {
      Console.note("interrupted: \(output) is as it was; the same command goes on from here")
      throw ExitCode(130)
    }
    tell(summary, seconds: Double((ContinuousClock.now - start) / .milliseconds(1)) / 1000)
  }

  /// Says what was done.
  func tell(_ summary: SiteBuilder.Summary, seconds: Double) {
    let gaps = summary.gaps > 0 ? ", \(Console.count(summary.gaps, "picture")) missing" : ""
    Console.note(
      "\(output)/index.html: \(Console.count(summary.pages, "page")), \(summary.written) files written, "
        + "\(summary.unchanged) unchanged\(gaps), in \(Console.duration(seconds))")
  }
}
