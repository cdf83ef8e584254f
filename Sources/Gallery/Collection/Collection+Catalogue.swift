import Exhibition
import Foundation
import Visualization

extension Collection {
  /// Joins what an exhibition wants with what its store holds. Throws ``GalleryError`` for a fault in an
  /// authored page.
  init(catalogue: Catalogue) throws {
    let exhibition = catalogue.exhibition
    let reader = CatalogueReader(catalogue: catalogue)
    site = SiteFacts(
      title: exhibition.title, summary: exhibition.subtitle ?? "", language: exhibition.site.language,
      address: exhibition.site.address, version: Version.vitrine, authors: exhibition.authors,
      licence: exhibition.licence, publication: exhibition.references?.publication ?? .full,
      referencesLicence: exhibition.references?.licence, footer: exhibition.site.footer)
    models = exhibition.models.compactMap(reader.model)
    methods = exhibition.methods.map(reader.method)
    classes = exhibition.classes.map(reader.classExhibit)
    labels = catalogue.plan.labels
    circuits = exhibition.circuits.map(reader.circuit)
    units = reader.units(circuits: circuits)
    concepts = exhibition.concepts.map(reader.concept)
    interpolations = exhibition.interpolations.map(reader.interpolation)
    facets = exhibition.facets.map(reader.facets)
    ablations = exhibition.ablations.map(reader.ablation)
    attacks = exhibition.adversarials.map(reader.attack)
    attackTables = exhibition.attackTables.map(reader.attackTable)
    studies = try exhibition.studies.compactMap { try StudyExhibit($0) }
    pages = try Self.pages(of: exhibition)
  }

  /// The authored pages without drafts, by order and then by title.
  private static func pages(of exhibition: Exhibition) throws -> [AuthoredPage] {
    var pages: [AuthoredPage] = []
    if let folder = exhibition.pages {
      let names = try FileManager.default.contentsOfDirectory(atPath: folder)
      for name in names.sorted() where name.hasSuffix(".md") && !name.hasPrefix(".") {
        pages.append(try read(folder + "/" + name, slug: nil))
      }
    }
    if let introduction = exhibition.introduction {
      let file = (introduction as NSString).standardizingPath
      pages.removeAll { $0.slug == "index" || ($0.file as NSString).standardizingPath == file }
      pages.append(try read(introduction, slug: "index"))
    }
    return pages.filter { !$0.isDraft }.sorted {
      ($0.order, $0.title, $0.slug) < ($1.order, $1.title, $1.slug)
    }
  }

  private static func read(_ file: String, slug: String?) throws -> AuthoredPage {
    guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
      throw GalleryError(file: file, message: "the page can't be read as UTF-8 text")
    }
    return try AuthoredPage(file: file, contents: text, slug: slug)
  }
}
