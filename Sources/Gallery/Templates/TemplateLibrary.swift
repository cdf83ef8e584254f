import Foundation

/// The templates of a site: the built-in ones, each replaced by the user's file of the same name if there is one.
struct TemplateLibrary: Sendable {
  private let templates: [String: Template]
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
    self.assets = assets
    // In the order of names, so that of several faults the same one is told each time.
    templates = try Dictionary(
      uniqueKeysWithValues: sources.sorted { $0.key < $1.key }.map { ($0, try Template($1)) })
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
    try TemplateCheck(templates: templates).check(try template(name), against: try Shape.of(type))
  }

  /// A page's template with its model, which may be made when the page is rendered. Throws if there is no such template.
  func page<Model: PageModel>(
    _ name: String, _ model: @autoclosure @escaping @Sendable () throws -> Model
  ) throws -> PageBody {
    let template = try template(name)
    return PageBody { try fill(template, model(), in: .markdown) }
  }

  /// Fills a template that is HTML already: the document's bytes in UTF-8.
  func document(_ name: String, _ model: some PageModel) throws -> [UInt8] {
    try fill(try template(name), model, in: .html).bytes
  }

  private func fill(
    _ template: Template, _ model: some PageModel, in language: FilledTemplate.Language
  ) throws -> FilledTemplate {
    try beforeEach()
    return FilledTemplate(template, try ModelValue(model), in: language, templates: templates)
  }

  private func template(_ name: String) throws -> Template {
    guard let template = templates[name] else {
      throw GalleryError(
        file: name, message: "this template is missing; the built-in folder \"templates\" has it")
    }
    return template
  }
}
