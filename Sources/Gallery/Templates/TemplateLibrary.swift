import Foundation
import Mustache
import Support

/// A template's text and where it stands.
struct TemplateSource: Sendable {
  /// `pages/class`, `partials/label`, `layout`.
  let name: String
  /// The file, for messages.
  let file: String
  let text: String
}

/// The templates of a site: the built-in ones, each replaced by the user's file of the same name if there is one.
struct TemplateLibrary: Sendable {
  private let sources: [String: TemplateSource]
  private let library: MustacheLibrary
  /// Called before each page; may throw to give up.
  var beforeEach: @Sendable () throws -> Void = {}
  /// The static files of `assets/`, by name.
  let assets: [String: Data]

  /// The style sheets by their path in the site, as texts.
  var styles: [String: String] {
    let sheets = assets.filter { $0.key.hasSuffix(".css") }
    return Dictionary(
      sheets.map { ("assets/" + $0, String(decoding: $1, as: UTF8.self)) },
      uniquingKeysWith: { first, _ in first })
  }

  /// Reads `layout.html`, `pages/*.md`, `partials/*.html` and `assets/*` of each folder; later folders win
  /// file by file.
  init(folders: [String]) throws {
    MustacheContentTypes.register(TextEscape(), named: TextEscape.name)
    var sources: [String: TemplateSource] = [:]
    var assets: [String: Data] = [:]
    for folder in folders {
      for name in try Self.templateFiles(in: folder) {
        let file = (folder as NSString).appendingPathComponent(name)
        guard let data = try? Data(contentsOf: URL(fileURLWithPath: file)),
          let text = String(data: data, encoding: .utf8)
        else {
          throw GalleryError(file: file, message: "the template can't be read as UTF-8 text")
        }
        let key = (name as NSString).deletingPathExtension
        sources[key] = TemplateSource(name: key, file: file, text: text)
      }
      for name in Self.list((folder as NSString).appendingPathComponent("assets")) {
        let file = (folder as NSString).appendingPathComponent("assets/\(name)")
        guard let data = try? Data(contentsOf: URL(fileURLWithPath: file)) else {
          throw GalleryError(file: file, message: "the file can't be read; assets are plain files")
        }
        assets[name] = data
      }
    }
    self.sources = sources
    self.assets = assets
    var library = MustacheLibrary()
    for source in sources.values.sorted(by: { $0.name < $1.name }) {
      _ = try TemplateTag.scan(source.text, file: source.file)
      do {
        try library.register("{{% CONTENT_TYPE: \(TextEscape.name)}}" + source.text, named: source.name)
      } catch let error as MustacheTemplate.ParserError {
        throw GalleryError(
          file: source.file, line: error.context.lineNumber,
          message: "the template can't be read: \(error.error)")
      }
    }
    self.library = library
  }

  private static func templateFiles(in folder: String) throws -> [String] {
    let path = folder as NSString
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else {
      throw GalleryError(file: folder, message: "there is no such folder of templates")
    }
    let pages = list(path.appendingPathComponent("pages")).filter { $0.hasSuffix(".md") }.map {
      "pages/\($0)"
    }
    let partials = list(path.appendingPathComponent("partials")).filter { $0.hasSuffix(".html") }
      .map { "partials/\($0)" }
    return pages + partials + list(folder).filter { $0 == "layout.html" }
  }

  private static func list(_ folder: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { !$0.hasPrefix(".") }.sorted()
  }

  /// Stops at the first tag of a template, or of its partials, that a model type doesn't have.
  func check<Model: PageModel>(_ name: String, holds type: Model.Type) throws {
    let check = TemplateCheck(
      source: { sources[$0] }, partials: sources.keys.filter { $0.hasPrefix("partials/") })
    try check.check(try source(name), against: try Shape.of(type))
  }

  /// A page's template with its model. Throws if there is no such template.
  func page(_ name: String, _ model: some PageModel) throws -> PageBody {
    _ = try source(name)
    return PageBody { try fill(name, model) }
  }

  /// Fills a template that is HTML already, and opens all seals.
  func document(_ name: String, _ model: some PageModel) throws -> String {
    HTML.open(TextEscape.tidy(try fill(name, model)))
  }

  private func fill(_ name: String, _ model: some PageModel) throws -> String {
    try beforeEach()
    guard let text = library.render(ModelNode(model), withTemplate: name) else { throw missing(name) }
    return text
  }

  private func source(_ name: String) throws -> TemplateSource {
    guard let source = sources[name] else { throw missing(name) }
    return source
  }

  private func missing(_ name: String) -> GalleryError {
    GalleryError(file: name, message: "this template is missing; the built-in folder \"templates\" has it")
  }
}
