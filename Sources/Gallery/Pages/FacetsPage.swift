import Exhibition

/// The facets of a class or a neuron: each group of natural pictures or patches beside what was made of it.
enum FacetsPage: PageKind {
  static let template = "pages/facets"

  struct Model: PageModel {
    var title: String
    var label: String
    var isNeuron: Bool
    /// The page of the class or the neuron, if it has one.
    var subjectURL: String?
    /// For a neuron: whether its patches make several groups, by which silhouettes.
    var isMixed: Bool
    var silhouettes: [Silhouette]
    var hasSilhouettes: Bool
    var model: String
    var modelURL: String
    var explained: String?
    var count: Int
    var gap: String?
    var facets: [Facet]
    var seeds: [String]
    var hasSeeds: Bool
    var recipe: RecipeModel?

    /// How well so many groups part the patches.
    struct Silhouette: PageModel {
      var count: Int
      var value: String
    }

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
      let unit = site.collection.units.first {
        $0.model == exhibit.model && $0.target.address == exhibit.unit?.address
      }
      let silhouettes = (exhibit.finding.value?.silhouettes ?? []).enumerated().map {
        Model.Silhouette(count: $0 + 2, value: Format.decimal($1, 2))
      }
      let owner = site.collection.model(exhibit.model)?.title ?? exhibit.model
      let total = exhibit.facets.reduce(0) { $0 + $1.facet.members.count }
      let seeds = SeedSwitch(exhibit.facets.flatMap(\.works))
      let model = Model(
        title: exhibit.title, label: exhibit.label,
        isNeuron: exhibit.isNeuron,
        subjectURL: exhibit.isNeuron
          ? unit.map { page.link(to: site.address(of: $0)) }
          : home.map { page.link(to: site.address(of: $0)) },
        isMixed: exhibit.facets.count > 1, silhouettes: silhouettes, hasSilhouettes: !silhouettes.isEmpty,
        model: owner,
        modelURL: page.link(to: .folder("models", Slug.make(exhibit.model))),
        explained: exhibit.finding.value.map { Format.percent($0.explained) }, count: total,
        gap: exhibit.finding.gap,
        facets: exhibit.facets.map {
          facet($0, of: total, isNeuron: exhibit.isNeuron, seeds, on: page, in: site)
        },
        seeds: seeds.seeds, hasSeeds: seeds.isWanted, recipe: exhibit.record.map(RecipeModel.init))
      return SitePage(
        address: page, title: exhibit.title, kind: "facets",
        description: exhibit.isNeuron
          ? "The groups of patches that excite \(exhibit.label) of \(owner), and a picture of each."
          : "The groups of pictures that \(owner) calls \(exhibit.label), and a picture of each.",
        body: try templates.page(template, model), crumbs: [("Facets", Address.folder("facets"))])
    }
  }

  private static func facet(
    _ part: FacetsExhibit.Facet, of total: Int, isNeuron: Bool, _ seeds: SeedSwitch, on page: Address,
    in site: SiteContext
  ) -> Model.Facet {
    let number = part.facet.index + 1
    let share = Double(part.facet.members.count) / Double(max(1, total))
    return Model.Facet(
      number: number,
      size: OverviewPage.counted(
        part.facet.members.count, isNeuron ? "patch" : "picture",
        plural: isNeuron ? "patches" : nil),
      share: Format.percent(share),
      bar: Int((100 * share).rounded()),
      pictures: site.naturals(
        part.pictures, of: "Natural picture of facet \(number)", on: page, limit: 8, isFirst: number == 1),
      works: site.works(part.works, on: page, home: page, seeds: seeds, isFirst: number == 1))
  }
}
