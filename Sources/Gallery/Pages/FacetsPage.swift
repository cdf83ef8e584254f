import Exhibition

/// The facets of a class: each group of natural pictures beside what was made of it.
enum FacetsPage: PageKind {
  static let template = "pages/facets"

  struct Model: PageModel {
    var title: String
    var label: String
    var classURL: String?
    var model: String
    var modelURL: String
    var explained: String?
    var count: Int
    var gap: String?
    var facets: [Facet]
    var seeds: [String]
    var hasSeeds: Bool
    var recipe: RecipeModel?

    struct Facet: PageModel {
      var number: Int
      var size: String
      var share: String
      var bar: Int
      var pictures: [NaturalModel]
      var works: [WorkModel]
    }
  }

  static func pages(in site: SiteContext, templates: TemplateLibrary) throws -> [SitePage] {
    try site.collection.facets.map { exhibit in
      let page = site.address(of: exhibit)
      let home = site.collection.classes.first { $0.label == exhibit.label }
      let owner = site.collection.model(exhibit.model)?.title ?? exhibit.model
      let total = exhibit.facets.reduce(0) { $0 + $1.facet.members.count }
      let seeds = SeedSwitch(exhibit.facets.flatMap(\.works))
      let model = Model(
        title: exhibit.title, label: exhibit.label,
        classURL: home.map { page.link(to: site.address(of: $0)) }, model: owner,
        modelURL: page.link(to: .folder("models", Slug.make(exhibit.model))),
        explained: exhibit.finding.value.map { Format.percent($0.explained) }, count: total,
        gap: exhibit.finding.gap,
        facets: exhibit.facets.map { facet($0, of: total, seeds, on: page, in: site) },
        seeds: seeds.seeds, hasSeeds: seeds.isWanted, recipe: exhibit.record.map(RecipeModel.init))
      return SitePage(
        address: page, title: exhibit.title, kind: "facets",
        description: "The groups of pictures that \(owner) calls \(exhibit.label), and a picture of each.",
        body: try templates.page(template, model), crumbs: [("Facets", Address.folder("facets"))])
    }
  }

  private static func facet(
    _ part: FacetsExhibit.Facet, of total: Int, _ seeds: SeedSwitch, on page: Address, in site: SiteContext
  ) -> Model.Facet {
    let number = part.facet.index + 1
    let share = Double(part.facet.members.count) / Double(max(1, total))
    return Model.Facet(
      number: number, size: OverviewPage.counted(part.facet.members.count, "picture"),
      share: Format.percent(share),
      bar: Int((100 * share).rounded()),
      pictures: site.naturals(
        part.pictures, of: "Natural picture of facet \(number)", on: page, limit: 8, isFirst: number == 1),
      works: part.works.map {
        site.work($0, on: page, home: page, seeds: seeds, isFirst: number == 1)
      })
  }
}
