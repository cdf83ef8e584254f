public import Exhibition
import Foundation

/// Makes the site of an exhibition from what its store holds.
public struct SiteBuilder {
  private let collection: () throws -> Collection
  private let templates: [String]
  private let output: String

  /// What a build did.
  public struct Summary: Sendable, Equatable {
    /// How many pages the site has.
    public var pages: Int
    /// How many files were written.
    public var written: Int
    /// How many files stayed as they were.
    public var unchanged: Int
    /// How many files of the last build went.
    public var removed: Int
    /// How many pictures are missing, and shown as missing.
    public var gaps: Int
  }

  /// A builder of what a catalogue finds. `templates` are folders, the built-in one first; later ones replace
  /// single files. `output` is the site's folder.
  public init(catalogue: Catalogue, templates: [String], output: String) {
    collection = { try Collection(catalogue: catalogue) }
    self.templates = templates
    self.output = output
  }

  /// A builder of a collection that is already joined.
  init(collection: Collection, templates: [String], output: String) {
    self.collection = { collection }
    self.templates = templates
    self.output = output
  }

  /// Builds the site, checks it, and puts it in the old one's place. Throws ``GalleryError`` for a fault in
  /// templates or authored pages, and ``SiteFaults`` for a fault in the finished pages; the old site then stays.
  @discardableResult
  public func build() throws -> Summary {
    let library = try TemplateLibrary(folders: templates)
    try Self.checkTemplates(library)
    let collection = try collection()
    let site = SiteContext(collection: collection, media: Media())
    let pages = try PageKinds.all.flatMap { try $0.pages(in: site, templates: library) }
    var files: [String: SiteFolder.Content] = [:]
    var documents: [Address: String] = [:]
    for page in pages {
      guard documents[page.address] == nil else {
        throw GalleryError(
          file: page.address.path, message: "two exhibits have this address; give one of them another name")
      }
      documents[page.address] = try Layout.document(page, in: site, templates: library)
    }
    for (address, document) in documents { files[address.path] = .data(Data(document.utf8)) }
    for (name, data) in library.assets { files["assets/" + name] = .data(data) }
    for (address, item) in site.media.items { files[address.path] = .named { try item.bytes() } }
    for (name, data) in try SiteIndex.files(of: site, pages: pages) { files[name] = .data(data) }
    let faults = SiteCheck(documents: documents, files: Set(files.keys), assets: library.assets).faults()
    guard faults.isEmpty else { throw SiteFaults(faults) }
    let outcome = try SiteFolder(path: output).publish(files)
    return Summary(
      pages: pages.count, written: outcome.written, unchanged: outcome.unchanged, removed: outcome.removed,
      gaps: collection.works.count { $0.result.gap != nil })
  }

  private static func checkTemplates(_ library: TemplateLibrary) throws {
    func check<Kind: PageKind>(_ kind: Kind.Type) throws {
      try library.check(kind.template, holds: kind.Model.self)
    }
    for kind in PageKinds.all { try check(kind) }
    try library.check(Layout.template, holds: Layout.Model.self)
  }
}
