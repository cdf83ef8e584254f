import ArgumentParser
import Collector
import Exhibition
import Foundation
import Gallery
import Logging
import Server
import Study
import Support
import Synchronization

/// `vitrine serve`
struct ServeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Show a site in the browser while it is worked on, and take the answers to its studies.",
    discussion: """
      Makes the site from what the store holds and serves it. When the configuration, a page or a template changes, the site is \
      made anew and open pages load themselves anew; a fault is told here, and the site stays as it was. Answers to studies \
      with "collect: here" are kept as `vitrine collect` keeps them. Only this machine can connect unless --host says \
      otherwise.

      EXAMPLE
        vitrine serve content/exhibition.yaml
      """)

  @OptionGroup var exhibition: ExhibitionOptions
  @OptionGroup var site: SiteOptions

  @Option(help: "The interface to listen at, by name or number.")
  var host = "127.0.0.1"

  @Option(help: "The port to listen at; 0 takes a free one.")
  var port = 8321

  @Option(
    name: .customLong("origin"),
    help: ArgumentHelp(
      "From where the site is served to the world, if answers come from there; may be repeated.",
      valueName: "origin"))
  var origins: [String] = []

  @Flag(help: "Leave the site as it is: don't make it, and don't watch for changes.")
  var asIs = false

  func validate() throws {
    guard (0...65_535).contains(port) else { throw ValidationError("--port is from 0 to 65535") }
  }

  func run() throws {
    let exhibition = try exhibition.read()
    let store = self.exhibition.store
    let maker = SiteMaker(
      configuration: self.exhibition.exhibition, store: store, output: site.output, templates: site.templates)
    let changes = asIs ? nil : ChangeFeed()
    if !asIs { try site.render(try site.builder(exhibition, store: Store(folder: store), start: .now)) }
    guard FileStatus(path: site.output + "/index.html") != nil else {
      throw FileError(path: site.output, action: "serve", reason: "there is no site in it; leave out --as-is")
    }
    var logger = Logger(label: "vitrine.serve", factory: StreamLogHandler.standardError(label:))
    logger.logLevel = .notice
    let collectors = try exhibition.studies.filter { $0.collection == .here }.compactMap { entry in
      try collector(entry, logger)
    }
    var configuration = SiteServer.Configuration(folder: site.output)
    configuration.host = host
    configuration.port = port
    let server = SiteServer(configuration, collectors: collectors, changes: changes, logger: logger)
    let watch = changes.map { SiteWatch(maker, $0, of: exhibition) }
    let (host, output) = (host, site.output)
    try withExtendedLifetime(watch) {
      try Waiting.value {
        try await server.run { port in
          Console.note("\(output) is at http://\(host):\(port)/; Ctrl-C ends it")
        }
      }
    }
  }

  /// What takes the answers to a study; `nil` if it isn't planned.
  private func collector(_ entry: Exhibition.StudyEntry, _ logger: Logger) throws -> Collector? {
    let folder = StudyFolder(path: entry.folder)
    guard FileStatus(path: folder.definitionPath) != nil else {
      Console.note("the study \"\(entry.name)\" isn't planned yet: `vitrine study plan` does so")
      return nil
    }
    let read = try folder.read()
    var configuration = Collector.Configuration(
      definition: read.definition, plan: read.plan, databasePath: folder.answersPath,
      origins: origins + (port == 0 ? [] : ["http://127.0.0.1:\(port)", "http://localhost:\(port)"]))
    configuration.limits = CollectorLimits()
    return try Collector(configuration, logger: logger)
  }
}

/// Makes a site anew, its configuration read anew.
struct SiteMaker: Sendable {
  let configuration: String
  let store: String
  let output: String
  let templates: String?

  /// Makes the site. Returns how many pages were written.
  func make() throws -> (exhibition: Exhibition, written: Int) {
    let start = FileStatus.Time.now
    let exhibition = try Exhibition.read(configuration)
    let builder = SiteBuilder(
      exhibition: exhibition, store: Store(folder: store),
      templates: try TemplateFolders.all(given: templates, own: exhibition.templates), output: output,
      readAfter: start)
    return (exhibition, try builder.build().written)
  }

  /// What a person edits of a site.
  func sources(of exhibition: Exhibition) -> FileLedger {
    var ledger = FileLedger()
    let folders = (try? TemplateFolders.all(given: templates, own: exhibition.templates)) ?? []
    let paths =
      [configuration, exhibition.pages, exhibition.introduction].compactMap { $0 }
      + folders.flatMap { [$0, $0 + "/pages", $0 + "/partials", $0 + "/assets"] }
      + exhibition.studies.flatMap { study in
        let folder = StudyFolder(path: study.folder)
        return [folder.definitionPath, folder.planPath, folder.resultsPath]
      }
    for path in paths { ledger.note(path) }
    return ledger
  }
}

/// Looks for changes twice a second, on a thread of its own: making a site takes long.
final class SiteWatch: Sendable {
  private let isOver = Mutex(false)

  init(_ maker: SiteMaker, _ changes: ChangeFeed, of exhibition: Exhibition) {
    Thread.detachNewThread { [weak self] in
      var exhibition = exhibition
      var sources = maker.sources(of: exhibition)
      while self?.isOver.withLock({ !$0 }) == true {
        Thread.sleep(forTimeInterval: 0.5)
        guard !sources.holds else { continue }
        // Noted before they are read, so that a change in the meantime is seen the next time.
        sources = maker.sources(of: exhibition)
        do {
          let made = try maker.make()
          if made.exhibition != exhibition {
            exhibition = made.exhibition
            sources = maker.sources(of: exhibition)
          }
          Console.note("made anew: \(Console.count(made.written, "file")) written")
          changes.announce()
        } catch {
          Console.note("error: \(error)")
        }
      }
    }
  }

  deinit { isOver.withLock { $0 = true } }
}
