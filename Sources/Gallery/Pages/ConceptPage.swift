import Exhibition

/// The directions of a class, or given ones: their importance, the patches behind them, where they light up, their pictures.
enum ConceptPage: PageKind {
  static let template = "pages/concept"

  struct Model: PageModel {
    var title: String
    var label: String?
    var classURL: String?
    var isFile: Bool
    var isDifference: Bool
    var toldApart: String?
    var model: String
    var modelURL: String
    var layer: String?
    var explained: String?
    var gap: String?
    var directions: [Direction]
    var recipe: RecipeModel?

    static let meanings: [String: String] = [
      "title": "what the concept is called in the exhibition",
      "label": "the class that the directions make up; missing for given directions",
      "classURL": "the class's page; missing if it has none, and for given directions",
      "isFile": "whether the directions are an author's own, read from a file",
      "isDifference": "whether it is the one direction from pictures without something to pictures with it",
      "toldApart":
        "how many pictures that direction tells apart that it wasn't found with, such as `95 %`; missing for others",
      "model": "the title of the network that has the directions",
      "modelURL": "that network's page",
      "layer": "the layer in whose channels they lie; missing without a concept",
      "explained":
        "how much of the activations the directions of a class explain, such as `85 %`; missing for given ones",
      "gap": "why there is no concept, in a sentence; missing if there is one",
      "directions": "the directions, the most important first, or as the file has them",
      "recipe": "how they were found; missing if they weren't",
    ]

    struct Direction: PageModel {
      var number: Int
      var heading: String
      var importance: String?
      var bar: Int
      var channels: String
      var patches: [NaturalModel]
      var hasPatches: Bool
      var maps: [NaturalModel]
      var hasMaps: Bool
      var response: ResponseModel?
      var works: [WorkModel]

      static let meanings: [String: String] = [
        "number": "its number, from 1",
        "heading": "`Direction 1` and so on, or `From without to with`",
        "importance":
          "the part of the class's score that it carries, such as `38 %`; missing for given directions",
        "bar": "the importance from 0 to 100, for a drawing; 0 for given directions",
        "channels":
          "the three channels with the greatest weights, such as `12, −40, 7`: a minus tells of a weight below zero",
        "patches": "the natural patches in which it is strongest, eight at most",
        "hasPatches": "whether there are such patches",
        "maps": "natural pictures in grey, red where the direction is strong; four at most",
        "hasMaps": "whether there are such maps",
        "response":
          "how natural pictures excite it; missing for the directions of a class, and without references",
        "works": "the synthetic pictures of it",
      ]
    }
  }

  static func pages(in site: SiteContext, templates: TemplateLibrary) throws -> [SitePage] {
    try site.collection.concepts.map { concept in
      let page = site.address(of: concept)
      let home = concept.label.flatMap { label in site.collection.classes.first { $0.label == label } }
      let owner = site.collection.model(concept.model)?.title ?? concept.model
      let model = Model(
        title: concept.title, label: concept.label,
        classURL: home.map { page.link(to: site.address(of: $0)) },
        isFile: concept.finding.value?.origin == .file,
        isDifference: concept.finding.value?.origin == .difference,
        toldApart: concept.finding.value?.toldApart.map { Format.percent($0) },
        model: owner, modelURL: page.link(to: .folder("models", Slug.make(concept.model))),
        layer: concept.finding.value?.layer,
        explained: concept.finding.value?.explained.map { Format.percent($0) },
        gap: concept.finding.gap,
        directions: concept.directions.map {
          direction(
            $0, heading: concept.finding.value?.origin == .difference ? "From without to with" : nil,
            on: page, in: site)
        },
        recipe: concept.record.map(RecipeModel.init))
      return SitePage(
        address: page, title: concept.title, kind: "concept",
        description: concept.label.map {
          "The directions that make up \($0) in \(owner), with patches and pictures."
        }
          ?? "Directions in \(owner): \(concept.title), with patches and pictures.",
        body: try templates.page(template, model), crumbs: [("Concepts", Address.folder("concepts"))])
    }
  }

  private static func direction(
    _ part: ConceptExhibit.Direction, heading: String?, on page: Address, in site: SiteContext
  ) -> Model.Direction {
    let number = part.direction.index + 1
    let strongest = part.direction.weights.enumerated().filter { $1 != 0 }
      .sorted { (abs($1.element), $0.offset) < (abs($0.element), $1.offset) }.prefix(3)
      .map { ($0.element < 0 ? "−" : "") + String($0.offset) }
    return Model.Direction(
      number: number, heading: heading ?? "Direction \(number)",
      importance: part.direction.importance.map { Format.percent($0) },
      bar: Int(((part.direction.importance ?? 0) * 100).rounded()),
      channels: strongest.joined(separator: ", "),
      patches: site.naturals(
        part.patches, of: "Natural patch in which direction \(number) is strong", on: page, limit: 8,
        isFirst: number == 1), hasPatches: !part.patches.isEmpty,
      maps: site.naturals(
        part.maps, of: "Map of where direction \(number) is strong", on: page, limit: 4),
      hasMaps: !part.maps.isEmpty,
      response: part.direction.figures.map { ResponseModel($0, on: page, in: site) },
      works: site.works(part.works, on: page, home: page, isFirst: number == 1))
  }
}
