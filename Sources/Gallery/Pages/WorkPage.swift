import Exhibition

/// One synthetic picture with its wall label.
enum WorkPage: PageKind {
  static let template = "pages/work"

  struct Model: PageModel {
    var title: String
    var home: LinkModel
    var model: LinkModel
    var method: LinkModel
    var seed: String
    var gap: String?
    var made: Made?
    var siblings: [WorkModel]
    var hasSiblings: Bool
    var previous: LinkModel?
    var next: LinkModel?

    struct Made: PageModel {
      var picture: PictureModel
      var transparency: String?
      var label: [FactModel]
      var frames: [FrameModel]
      var hasFrames: Bool
      var lastFrame: Int
      var opinions: [PredictionModel]
      var hasOpinions: Bool
      var recipe: RecipeModel
      var downloads: [DownloadModel]
      var citation: String?
      var bibtex: HTML?
      var chart: HTML?
      var points: [Point]
      var compareURL: String
    }

    struct Point: PageModel {
      var step: Int
      var loss: String
    }
  }

  static func pages(in site: SiteContext, templates: TemplateLibrary) throws -> [SitePage] {
    try sets(in: site).flatMap { set in
      try set.works.indices.map { index in
        let work = set.works[index]
        let owner = site.collection.model(work.model)?.title ?? work.model
        let method = site.collection.method(work.method)?.title ?? work.method
        return SitePage(
          address: site.address(of: work, in: set.home),
          title: "\(site.name(of: work.target)): \(method), \(owner), seed \(work.seed)",
          kind: "work", description: site.alternative(for: work) + ".",
          // Most pages of a large site are of this kind: their models are made on all cores.
          body: try templates.page(template, model(of: index, in: set, site: site)),
          crumbs: [set.section, (set.title, set.home)], preview: work.made)
      }
    }
  }

  /// The model of a picture's page.
  private static func model(of index: Int, in set: Set, site: SiteContext) -> Model {
    let work = set.works[index]
    let page = site.address(of: work, in: set.home)
    let link = { (index: Int) in
      let other = set.works[index]
      return LinkModel(url: page.link(to: site.address(of: other, in: set.home)), text: site.title(of: other))
    }
    let siblings = set.works.indices.filter { $0 != index && set.works[$0].target == work.target }
      .map { set.works[$0] }
    return Model(
      title: site.name(of: work.target), home: LinkModel(url: page.link(to: set.home), text: set.title),
      model: LinkModel(
        url: page.link(to: .folder("models", Slug.make(work.model))),
        text: site.collection.model(work.model)?.title ?? work.model),
      method: LinkModel(
        url: page.link(to: .folder("methods", Slug.make(work.method))),
        text: site.collection.method(work.method)?.title ?? work.method),
      seed: String(work.seed), gap: work.result.gap,
      made: work.result.value.flatMap { made($0, work, siblings, on: page, in: site) },
      siblings: site.works(siblings, apartFrom: [work], on: page, home: set.home),
      hasSiblings: !siblings.isEmpty,
      previous: index > 0 ? link(index - 1) : nil,
      next: index + 1 < set.works.count ? link(index + 1) : nil)
  }

  /// The works that belong together, with the page that they belong to.
  struct Set: Sendable {
    let title: String
    let home: Address
    let section: (title: String, address: Address)
    let works: [Work]
  }

  static func sets(in site: SiteContext) -> [Set] {
    let collection = site.collection
    return collection.classes.map {
      Set(
        title: $0.label, home: site.address(of: $0), section: ("Classes", .folder("classes")), works: $0.works
      )
    }
      + collection.units.map {
        Set(
          title: site.name(of: $0.target), home: site.address(of: $0),
          section: ("Neurons", .folder("units")), works: $0.works)
      }
      + collection.concepts.map {
        Set(
          title: $0.title, home: site.address(of: $0), section: ("Concepts", .folder("concepts")),
          works: $0.directions.flatMap(\.works))
      }
      + collection.facets.map {
        Set(
          title: $0.title, home: site.address(of: $0), section: ("Facets", .folder("facets")),
          works: $0.facets.flatMap(\.works))
      }
  }

  private static func made(
    _ made: Work.Made, _ work: Work, _ siblings: [Work], on page: Address, in site: SiteContext
  ) -> Model.Made? {
    let visualization = made.visualization
    guard let stored = made.picture(visualization.picture) else { return nil }
    let method = site.collection.method(work.method)
    let intended = work.target.showsClass ? work.target.label : nil
    let frames = frames(made, on: page, in: site)
    let trace = visualization.trace
    return Model.Made(
      picture: site.picture(
        stored, alt: site.alternative(for: work), on: page,
        // Not to load a megabyte before anything is seen; downloads have the file itself.
        size: (made.record.files[visualization.picture]?.bytes ?? 0) > 500_000 ? .stage : .full, isFirst: true
      ),
      transparency: visualization.transparency.flatMap { made.picture($0) }
        .map { page.link(to: site.media.cutoutAddress(of: stored, map: $0)) },
      label: label(made, work, in: site), frames: frames,
      hasFrames: frames.count > 1, lastFrame: max(0, frames.count - 1),
      opinions: work.judgements.map {
        site.predictions(
          $0.judgement.predictions, model: $0.model, intended: intended,
          rank: intended == nil ? nil : $0.judgement.targetRank, on: page)
      },
      hasOpinions: !work.judgements.isEmpty, recipe: RecipeModel(record: made.record),
      downloads: downloads(made, stored, on: page, in: site),
      citation: method.map(\.citation), bibtex: method.map { Markup.lines($0.bibtex) },
      chart: trace.count > 1
        ? LineChart(
          title: "Over the steps",
          lines: [.init(name: "loss", points: trace.map { (Double($0.step), $0.loss) })]
        )
        .svg : nil,
      points: trace.map { Model.Point(step: $0.step, loss: Format.significant($0.loss)) },
      compareURL: ClassPage.compareURL([work] + siblings, on: page, in: site))
  }

  private static func label(_ made: Work.Made, _ work: Work, in site: SiteContext) -> [FactModel] {
    let record = made.record
    let visualization = made.visualization
    var facts: [FactModel] = []
    if let probability = visualization.targetProbability {
      facts.append(FactModel(name: "Probability", value: Format.percent(probability)))
    }
    // A probability is made large by its logarithm, see ``Target``.
    let isProbability = work.target.kind == .unit && visualization.targetProbability != nil
    facts.append(
      FactModel(
        name: isProbability ? "Log probability" : "Activation",
        value: Format.significant(visualization.activation)))
    facts.append(FactModel(name: "Seed", value: String(work.seed)))
    facts.append(FactModel(name: "Steps", value: Format.count(visualization.steps)))
    if let stored = made.picture(visualization.picture) {
      facts.append(FactModel(name: "Size", value: "\(stored.width) × \(stored.height) pixels"))
    }
    facts.append(FactModel(name: "Made in", value: Format.seconds(record.seconds)))
    facts.append(FactModel(name: "Date", value: Format.date(record.created)))
    return facts
  }

  private static func frames(_ made: Work.Made, on page: Address, in site: SiteContext) -> [FrameModel] {
    guard made.visualization.snapshots.count > 1 else { return [] }
    return made.visualization.snapshots.compactMap { snapshot in
      guard let stored = made.picture(snapshot.file) else { return nil }
      return FrameModel(
        picture: site.picture(stored, alt: "The picture after \(snapshot.step) steps", on: page),
        step: snapshot.step, label: "Step \(Format.count(snapshot.step))")
    }
  }

  private static func downloads(
    _ made: Work.Made, _ stored: StoredPicture, on page: Address, in site: SiteContext
  ) -> [DownloadModel] {
    let file = { (name: String) in made.record.files[name].map { Format.bytes($0.bytes) } ?? "" }
    var downloads = [
      DownloadModel(
        url: page.link(to: site.media.address(of: stored)), text: "Picture",
        note: "PNG, \(file(made.visualization.picture))")
    ]
    if let name = made.visualization.transparency, let map = made.picture(name) {
      downloads.append(
        DownloadModel(
          url: page.link(to: site.media.cutoutAddress(of: stored, map: map)), text: "Transparent picture",
          note: "PNG with alpha"))
      downloads.append(
        DownloadModel(
          url: page.link(to: site.media.address(of: map)), text: "Transparency map",
          note: "PNG, \(file(name))"))
    }
    downloads.append(
      DownloadModel(
        url: page.link(to: site.media.recordAddress(of: made.record)), text: "Record",
        note: "JSON, how it was made"))
    return downloads
  }
}
