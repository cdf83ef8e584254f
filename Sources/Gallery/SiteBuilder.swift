public import Exhibition
import Foundation
import Study
public import Support

/// Makes the site of an exhibition from what its store holds.
public struct SiteBuilder {
  private let collection: Collection?
  private let request: Request?
  private let templates: [String]
  private let output: String
  private let last: LastBuild?

  /// Which exhibition, and what the store holds of it.
  private struct Request {
    let exhibition: Exhibition
    let store: Store
    let readAfter: FileStatus.Time
  }

  /// What the last build left, read when it is first asked for.
  private final class LastBuild {
    let path: String
    private let output: String
    // Of a site that is gone nothing can be kept.
    lazy var memory = FileStatus(path: output) == nil ? nil : SiteMemory(path: path)

    /// The last build of a site from a store.
    init(of output: String, from store: Store) {
      self.output = output
      let place = URL(fileURLWithPath: output).standardizedFileURL.path
      path = "\(store.folder)/cache/site-\(Digest.sha256(place).prefix(16)).txt"
    }
  }

  /// What a build did.
  public struct Summary: Sendable, Equatable, Codable {
    /// How many pages the site has.
    public var pages: Int
    /// How many files were written.
    public var written: Int
    /// How many files stayed as they were.
    public var unchanged: Int
    /// How many files of the last build went.
    public var removed: Int
    /// How many pictures are missing that can be made.
    public var gaps: Int
    /// How many of the exhibition's jobs are done.
    public var jobs = 0
    /// Whether all of them are.
    public var isWhole = false
  }

  /// A builder of an exhibition's site.
  ///
  /// - Parameters:
  ///   - templates: folders, the built-in one first; later ones replace single files.
  ///   - output: the site's folder.
  ///   - readAfter: a moment before the exhibition's configuration was read. What was changed since is looked at
  ///     again by the next build.
  public init(
    exhibition: Exhibition, store: Store, templates: [String], output: String, readAfter: FileStatus.Time
  ) {
    collection = nil
    request = Request(exhibition: exhibition, store: store, readAfter: readAfter)
    last = LastBuild(of: output, from: store)
    self.templates = templates
    self.output = output
  }

  /// A builder of a collection that is already joined.
  init(collection: Collection, templates: [String], output: String) {
    self.collection = collection
    request = nil
    last = nil
    self.templates = templates
    self.output = output
  }

  /// What the last build would say now, if neither anything that it read nor anything that it wrote has changed:
  /// then there is nothing to do. `nil` if there may be.
  public func standing() -> Summary? {
    guard let request, let memory = last?.memory, memory.holds(for: key(request))
    else { return nil }
    var summary = memory.summary
    summary.unchanged += summary.written
    (summary.written, summary.removed) = (0, 0)
    return summary
  }

  /// Builds the site, checks it, and puts it in the old one's place. Throws ``GalleryError`` for a fault in
  /// templates or authored pages, ``SiteFaults`` for a fault in the finished pages, and `CancellationError` when told
  /// to stop; the old site then stays.
  @discardableResult
  public func build(cancellation: Cancellation = Cancellation()) throws -> Summary {
    guard let request else {
      return try build(collection ?? Collection(), trusted: FileLedger(), cancellation).summary
    }
    let trusted = last?.memory?.files ?? FileLedger()
    var sources = FileLedger()
    // What is noted before it is read can only be older than what was read.
    sources.note(
      templateSources + pageSources(request.exhibition) + studySources(request.exhibition),
      readAfter: request.readAfter)
    let catalogue = try Catalogue(exhibition: request.exhibition, store: request.store)
    catalogue.note(in: &sources, readAfter: request.readAfter)
    try cancellation.check()
    let built = try build(try Collection(catalogue: catalogue), trusted: trusted, cancellation)
    let counts = catalogue.counts
    var summary = built.summary
    summary.jobs = counts.done
    summary.isWhole = counts.failed == 0 && counts.missing == 0 && catalogue.plan.pending.isEmpty
    var memory = SiteMemory(key: key(request), summary: summary)
    memory.sources = sources
    memory.files.note(built.files.map { output + "/" + $0 })
    if let last {
      memory.save(to: last.path)
      last.memory = memory.sources.isSettled ? memory : nil
    }
    return summary
  }

  /// Builds a collection's site. Returns what was done and the names of the site's files.
  private func build(
    _ collection: Collection, trusted: FileLedger, _ cancellation: Cancellation
  ) throws -> (summary: Summary, files: [String]) {
    let (site, library, pages) = try draft(collection, cancellation)
    let documents = try Parallel.map(pages.count) { index in
      let document = try Layout.document(pages[index], in: site, templates: library)
      return (data: Data(document), survey: PageSurvey(document))
    }
    var files: [String: SiteFolder.Content] = [:]
    for (page, document) in zip(pages, documents) { files[page.address.path] = .data(document.data) }
    for (name, data) in library.assets { files["assets/" + name] = .data(data) }
    // Before the pictures, which they ask for.
    for study in collection.studies {
      for (name, content) in try study.siteFiles(in: site) { files[name] = content }
    }
    let cache = request.map { PictureCache(folder: $0.store.folder + "/cache/pictures") }
    for (address, item) in site.media.items { files[address.path] = item.content(cache: cache) }
    for (name, data) in try SiteIndex.files(of: site, pages: pages) { files[name] = .data(data) }
    let check = SiteCheck(
      pages: zip(pages, documents).map { ($0.address, $1.survey) }, files: Set(files.keys),
      styles: library.styles)
    func stop(at faults: [String]) throws { if !faults.isEmpty { throw SiteFaults(faults) } }
    try stop(at: check.faults())
    let outcome = try SiteFolder(path: output).publish(
      files, trusted: trusted, check: cancellation.check, inspect: { try stop(at: check.sizeFaults($0)) })
    let summary = Summary(
      pages: pages.count, written: outcome.written, unchanged: outcome.unchanged, removed: outcome.removed,
      gaps: site.works.count(where: \.isMissing))
    return (summary, files.keys + [SiteFolder.manifest])
  }

  /// All pages of a collection, not rendered yet.
  private func draft(
    _ collection: Collection, _ cancellation: Cancellation
  ) throws -> (site: SiteContext, library: TemplateLibrary, pages: [SitePage]) {
    var library = try TemplateLibrary(folders: templates)
    library.beforeEach = { try cancellation.check() }
    try Self.checkTemplates(library)
    let site = SiteContext(collection: collection, media: Media(publication: collection.site.publication))
    let kinds = PageKinds.all
    let pages = try Parallel.map(kinds.count) { try kinds[$0].pages(in: site, templates: library) }.flatMap {
      $0
    }
    var addresses: Set<Address> = []
    for page in pages where !addresses.insert(page.address).inserted {
      throw GalleryError(
        file: page.address.path, message: "two exhibits have this address; give one of them another name")
    }
    return (site, library, pages)
  }

  /// The same of an exhibition, for ``markdown()``.
  func draft() throws -> (site: SiteContext, library: TemplateLibrary, pages: [SitePage]) {
    let shown = try request.map {
      try Collection(catalogue: Catalogue(exhibition: $0.exhibition, store: $0.store))
    }
    return try draft(shown ?? collection ?? Collection(), Cancellation())
  }

  // MARK: What the next build compares

  /// Everything beside files that decides how the site looks. Pictures carry the configuration's path as it was
  /// typed, so the current folder counts as well.
  private func key(_ request: Request) -> String {
    let exhibition = request.exhibition
    let parts =
      [
        Version.vitrine, FileStatus(path: "/proc/self/exe")?.fingerprint ?? "",
        FileManager.default.currentDirectoryPath, exhibition.path, request.store.folder, output,
        exhibition.pages ?? "", exhibition.introduction ?? "",
      ] + templates
    return Digest.sha256(parts.joined(separator: "\u{0}"))
  }

  private var templateSources: [String] {
    templates.flatMap { [$0, $0 + "/pages", $0 + "/partials", $0 + "/assets"] }
  }

  private func pageSources(_ exhibition: Exhibition) -> [String] {
    [exhibition.pages, exhibition.introduction].compactMap { $0 }
  }

  private func studySources(_ exhibition: Exhibition) -> [String] {
    exhibition.studies.flatMap { study in
      let folder = StudyFolder(path: study.folder)
      // Pictures have their digests for names.
      return [folder.definitionPath, folder.planPath, folder.resultsPath, folder.picturesPath]
    }
  }

  private static func checkTemplates(_ library: TemplateLibrary) throws {
    func check<Kind: PageKind>(_ kind: Kind.Type) throws {
      try library.check(kind.template, holds: kind.Model.self)
    }
    for kind in PageKinds.all { try check(kind) }
    try library.check(Layout.template, holds: Layout.Model.self)
  }
}
