import ArgumentParser
import Exhibition
import Gallery

/// Where the site goes, and what it is made with.
struct SiteOptions: ParsableArguments {
  @Option(name: .shortAndLong, help: "The site's folder.", completion: .directory)
  var output = "site"

  @Option(help: "Templates instead of the built-in ones.", completion: .directory)
  var templates: String?

  /// Makes the site from what the store holds.
  func render(_ exhibition: Exhibition, store: Store) throws {
    let start = ContinuousClock.now
    let folders = try TemplateFolders.all(given: templates, own: exhibition.templates)
    let catalogue = try Catalogue(exhibition: exhibition, store: store)
    let summary = try SiteBuilder(catalogue: catalogue, templates: folders, output: output).build()
    let seconds = Double((ContinuousClock.now - start) / .milliseconds(1)) / 1000
    let gaps = summary.gaps > 0 ? ", \(Console.count(summary.gaps, "picture")) missing" : ""
    Console.note(
      "\(output)/index.html: \(Console.count(summary.pages, "page")), \(summary.written) files written, "
        + "\(summary.unchanged) unchanged\(gaps), in \(Console.duration(seconds))")
  }
}
