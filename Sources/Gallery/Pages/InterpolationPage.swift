import Exhibition

/// A row of pictures from one target to another, with what both find in each.
enum InterpolationPage: PageKind {
  static let template = "pages/interpolation"

  struct Model: PageModel {
    var title: String
    var from: String
    var to: String
    var model: String
    var modelURL: String
    var rows: [Row]

    static let meanings: [String: String] = [
      "title": "what the interpolation is called in the exhibition",
      "from": "what people call the target that it begins with",
      "to": "what people call the target that it ends with",
      "model": "the title of the network that the pictures are made for",
      "modelURL": "that network's page",
      "rows": "a row of pictures for each seed",
    ]

    struct Row: PageModel {
      var seed: String
      var gap: String?
      var made: Made?

      static let meanings: [String: String] = [
        "seed": "the seed that the row is made from",
        "gap": "why there is no row, in a sentence; missing if there is one",
        "made": "what was made; missing if there is no row",
      ]
    }

    struct Made: PageModel {
      var pictures: [Picture]
      var chart: HTML
      var steps: String
      var seconds: String
      var recordURL: String
      var recipe: RecipeModel

      static let meanings: [String: String] = [
        "pictures": "the pictures, from the first target to the second",
        "chart": "both activations over the row, each from its least to its greatest, as a drawing",
        "steps": "how many steps it took, such as `2,000`",
        "seconds": "how long it took, such as `3 min 05 s`",
        "recordURL": "the record of how it was made, a JSON file",
        "recipe": "how it was made, in full",
      ]
    }

    struct Picture: PageModel {
      var url: String
      var picture: PictureModel
      var number: Int
      var first: String
      var second: String
      var firstActivation: String
      var secondActivation: String

      static let meanings: [String: String] = [
        "url": "the file of the picture in full size",
        "picture": "the picture, 320 pixels a side at most",
        "number": "its place in the row, from 1",
        "first": "how much of the first target it was made to show, such as `75 %`",
        "second": "how much of the second target it was made to show, such as `25 %`",
        "firstActivation": "how strongly it activates the first target, to three significant digits",
        "secondActivation": "how strongly it activates the second target, to three significant digits",
      ]
    }
  }

  static func pages(in site: SiteContext, templates: TemplateLibrary) throws -> [SitePage] {
    try site.collection.interpolations.map { exhibit in
      let page = site.address(of: exhibit)
      let owner = site.collection.model(exhibit.model)?.title ?? exhibit.model
      let model = Model(
        title: exhibit.title, from: exhibit.from, to: exhibit.to, model: owner,
        modelURL: page.link(to: .folder("models", Slug.make(exhibit.model))),
        rows: exhibit.rows.map { row in
          Model.Row(
            seed: String(row.seed), gap: row.finding.gap,
            made: row.finding.value.map { made($0, exhibit, row.seed, on: page, in: site) })
        })
      return SitePage(
        address: page, title: exhibit.title, kind: "interpolation",
        description: "Pictures from \(exhibit.from) to \(exhibit.to) in \(owner), made together.",
        body: try templates.page(template, model),
        crumbs: [("Interpolations", Address.folder("interpolations"))])
    }
  }

  /// The text for those who can't see a picture.
  static func alternative(
    for picture: Record.Interpolation.Picture, _ exhibit: InterpolationExhibit, in site: SiteContext
  ) -> String {
    let model = site.collection.model(exhibit.model)?.title ?? exhibit.model
    let shares = "\(share(1 - picture.share)) \(exhibit.from) and \(share(picture.share)) \(exhibit.to)"
    return "Synthetic picture of \(shares) in \(model)"
  }

  private static func made(
    _ made: InterpolationExhibit.Made, _ exhibit: InterpolationExhibit, _ seed: UInt64, on page: Address,
    in site: SiteContext
  ) -> Model.Made {
    let pictures = made.interpolation.pictures
    return Model.Made(
      pictures: pictures.enumerated().compactMap { index, picture in
        guard let stored = made.picture(picture.file) else { return nil }
        return Model.Picture(
          url: page.link(to: site.media.address(of: stored)),
          picture: site.picture(
            stored, alt: "\(alternative(for: picture, exhibit, in: site)), seed \(seed)", on: page,
            size: .card, isFirst: true),
          number: index + 1, first: share(1 - picture.share), second: share(picture.share),
          firstActivation: Format.significant(picture.first),
          secondActivation: Format.significant(picture.second))
      },
      chart: chart(pictures, exhibit), steps: Format.count(made.interpolation.steps),
      seconds: Format.seconds(made.record.seconds),
      recordURL: page.link(to: site.media.recordAddress(of: made.record)),
      recipe: RecipeModel(record: made.record))
  }

  /// Both activations over the row, each between its least and its greatest: their units differ.
  private static func chart(
    _ pictures: [Record.Interpolation.Picture], _ exhibit: InterpolationExhibit
  ) -> HTML {
    func line(_ name: String, _ value: (Record.Interpolation.Picture) -> Double) -> LineChart.Line {
      let values = pictures.map(value)
      let (least, greatest) = (values.min() ?? 0, values.max() ?? 0)
      let span = greatest > least ? greatest - least : 1
      return .init(name: name, points: zip(pictures, values).map { (100 * $0.share, ($1 - least) / span) })
    }
    return LineChart(
      title: "Activation over the row, from the least to the greatest",
      lines: [line(exhibit.from) { $0.first }, line(exhibit.to) { $0.second }], range: 0...1,
      isProbability: true, ends: ("first picture", "last picture")
    ).svg
  }

  /// `75 %`
  private static func share(_ part: Double) -> String { "\(Int((100 * part).rounded()))\u{A0}%" }
}
