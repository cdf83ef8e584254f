import Exhibition

/// The directions of a class: their importance, the patches behind them, their pictures.
enum ConceptPage: PageKind {
  static let template = "pages/concept"

  struct Model: PageModel {
    var title: String
    var label: String
    var classURL: String?
    var model: String
    var modelURL: String
    var layer: String?
    var explained: String?
    var gap: String?
    var directions: [Direction]
    var recipe: RecipeModel?

    struct Direction: PageModel {
      var number: Int
      var importance: String
      var bar: Int
      var channels: String
      var patches: [NaturalModel]
      var works: [WorkModel]
    }
  }

  static func pages(in site: SiteContext, templates: TemplateLibrary) throws -> [SitePage] {
    try site.collection.concepts.map { concept in
      let page = site.address(of: concept)
      let home = site.collection.classes.first { $0.label == concept.label }
      let owner = site.collection.model(concept.model)?.title ?? concept.model
      let model = Model(
        title: concept.title, label: concept.label,
        classURL: home.map { page.link(to: site.address(of: $0)) },
        model: owner, modelURL: page.link(to: .folder("models", Slug.make(concept.model))),
        layer: concept.finding.value?.layer,
        explained: concept.finding.value.map { Format.percent($0.explained) },
        gap: concept.finding.gap,
        directions: concept.directions.map { direction($0, on: page, in: site) },
        recipe: concept.record.map(RecipeModel.init))
      return SitePage(
        address: page, title: concept.title, kind: "concept",
        description: "The directions that make up \(concept.label) in \(owner), with patches and pictures.",
        body: try templates.page(template, model), crumbs: [("Concepts", Address.folder("concepts"))])
    }
  }

  private static func direction(
    _ part: ConceptExhibit.Direction, on page: Address, in site: SiteContext
  ) -> Model.Direction {
    let number = part.direction.index + 1
    let strongest = part.direction.weights.enumerated().filter { $1 > 0 }
      .sorted { ($1.element, $0.offset) < ($0.element, $1.offset) }.prefix(3).map { String($0.offset) }
    return Model.Direction(
      number: number, importance: Format.percent(part.direction.importance),
      bar: Int((part.direction.importance * 100).rounded()), channels: strongest.joined(separator: ", "),
      patches: site.naturals(
        part.patches, of: "Natural patch in which direction \(number) is strong", on: page, limit: 8,
        isFirst: number == 1),
      works: part.works.map { site.work($0, on: page, home: page, isFirst: number == 1) })
  }
}
