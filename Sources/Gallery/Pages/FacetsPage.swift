import Exhibition

/// The facets of a class or a neuron: each group of natural pictures or patches beside what was made of it.
enum FacetsPage: PageKind {
  static let template = "pages/facets"

  struct Model: PageModel {
    var title: String
    var label: String
    var isNeuron: Bool
    var subjectURL: String?
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

    static let meanings: [String: String] = [
      "title": "what the facets are called in the exhibition",
      "label": "the class, or what the neuron is called",
      "isNeuron": "whether they are facets of a neuron and not of a class",
      "subjectURL": "the page of the class or the neuron; missing if it has none",
      "isMixed": "whether there are several facets",
      "silhouettes": "for a neuron how well different numbers of groups part its patches; empty for a class",
      "hasSilhouettes": "whether several numbers of groups were tried",
      "model": "the title of the network that sees the pictures so",
      "modelURL": "that network's page",
      "explained":
        "how much of the variance lies between the groups, such as `31 %`; missing without facets",
      "count": "how many pictures or patches all facets have together",
      "gap": "why there are no facets, in a sentence; missing if there are some",
      "facets": "the groups, the largest first",
      "seeds": "the seeds to switch between; empty if there is only one",
      "hasSeeds": "whether there is more than one seed",
      "recipe": "how they were found; missing if they weren't",
    ]

    /// How well so many groups part the patches.
    struct Silhouette: PageModel {
      var count: Int
      var value: String

      static let meanings: [String: String] = [
        "count": "how many groups were made",
        "value": "their mean silhouette, such as `0.21`; at most 1, and the greatest decides",
      ]
    }

    struct Facet: PageModel {
      var number: Int
      var size: String
      var share: String
      var bar: Int
      var pictures: [NaturalModel]
      var works: [WorkModel]

      static let meanings: [String: String] = [
        "number": "its number, from 1",
        "size": "how many it has, such as `120 pictures` or `37 patches`",
        "share": "the part of all that this is, such as `24 %`",
        "bar": "the share from 0 to 100, for a drawing",
        "pictures": "the most typical natural pictures or patches of the group, eight at most",
        "works": "the synthetic pictures made from the group",
      ]
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
