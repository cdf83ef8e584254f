import Exhibition

/// One method with one thing changed at a time: figures of all variants, then their pictures.
enum AblationPage: PageKind {
  static let template = "pages/ablation"

  struct Model: PageModel {
    var title: String
    var method: String
    var methodURL: String
    var model: String
    var modelURL: String
    var classes: String
    var judges: [String]
    var rows: [Row]

    static let meanings: [String: String] = [
      "title": "what the ablation is called in the exhibition",
      "method": "the title of the method that is varied",
      "methodURL": "that method's page",
      "model": "the title of the network that is pictured",
      "modelURL": "that network's page",
      "classes": "how many classes each variant pictures, such as `24 classes`",
      "judges": "the titles of the other networks, for the heads of columns",
      "rows": "the variants, in the exhibition's order",
    ]

    struct Row: PageModel {
      var number: Int
      var label: String
      var changes: [String]
      var isChanged: Bool
      var own: String
      var judgements: [String]
      var probability: String
      var seconds: String
      var pictures: [Picture]

      static let meanings: [String: String] = [
        "number": "its number, from 1",
        "label": "what the exhibition's author calls it",
        "changes": "what is changed, such as `steps: 500`; empty if nothing is",
        "isChanged": "whether anything is changed",
        "own":
          "how many pictures the pictured network takes for their class, such as `23 of 24`; a dash without any",
        "judgements": "the same by each of `judges`, in their order",
        "probability":
          "how probable the class is to the pictured network in the mean, such as `98 %`; a dash without pictures",
        "seconds": "the mean time that a picture took, such as `3 min 05 s`; a dash without pictures",
        "pictures": "a picture of each class",
      ]
    }

    struct Picture: PageModel {
      var label: String
      var gap: String?
      var url: String?
      var picture: PictureModel?
      var probability: String?

      static let meanings: [String: String] = [
        "label": "the class that it is of",
        "gap": "why there is no picture, in a sentence; missing if there is one",
        "url": "the file of the picture; missing if it wasn't made",
        "picture":
          "the picture in full size, with its transparency if the variant says so; missing if it wasn't made",
        "probability":
          "how probable the class is to the pictured network, such as `98 %`; missing if it wasn't made",
      ]
    }
  }

  static func pages(in site: SiteContext, templates: TemplateLibrary) throws -> [SitePage] {
    try site.collection.ablations.map { exhibit in
      let page = site.address(of: exhibit)
      let owner = site.collection.model(exhibit.model)?.title ?? exhibit.model
      let method = site.collection.method(exhibit.method)?.title ?? exhibit.method
      let judges = site.collection.models.filter { $0.name != exhibit.model }
      let model = Model(
        title: exhibit.title, method: method,
        methodURL: page.link(to: .folder("methods", Slug.make(exhibit.method))),
        model: owner, modelURL: page.link(to: .folder("models", Slug.make(exhibit.model))),
        classes: OverviewPage.classes(exhibit.classes.count), judges: judges.map(\.title),
        rows: exhibit.rows.enumerated().map { index, row in
          self.row(row, number: index + 1, exhibit, judges: judges.map(\.name), on: page, in: site)
        })
      return SitePage(
        address: page, title: exhibit.title, kind: "ablation",
        description: "\(method) in \(owner) with one thing changed at a time.",
        body: try templates.page(template, model), crumbs: [("Ablations", Address.folder("ablations"))])
    }
  }

  private static func row(
    _ row: AblationExhibit.Row, number: Int, _ exhibit: AblationExhibit, judges: [String], on page: Address,
    in site: SiteContext
  ) -> Model.Row {
    let own = Recognition(row.works, by: exhibit.model)
    let seconds = row.works.compactMap { $0.result.value?.record.seconds }
    return Model.Row(
      number: number, label: row.label, changes: row.changes, isChanged: !row.changes.isEmpty, own: own.text,
      judgements: judges.map { Recognition(row.works, by: $0).text },
      probability: own.probability.map(Format.percent) ?? "–",
      seconds: seconds.isEmpty ? "–" : Format.seconds(seconds.reduce(0, +) / Double(seconds.count)),
      pictures: zip(exhibit.classes, row.works).map { label, work in
        picture(label, work, row, on: page, in: site)
      })
  }

  private static func picture(
    _ label: String, _ work: Work, _ row: AblationExhibit.Row, on page: Address, in site: SiteContext
  ) -> Model.Picture {
    guard let made = work.result.value, let stored = made.picture(made.visualization.picture) else {
      return Model.Picture(label: label, gap: work.result.gap ?? "The picture's file is missing.")
    }
    let alt = "\(site.alternative(for: work)), \(row.label)"
    var address = site.media.address(of: stored)
    var picture = site.picture(stored, alt: alt, on: page)
    if row.isCutOut, let map = made.visualization.transparency.flatMap({ made.picture($0) }) {
      address = site.media.cutoutAddress(of: stored, map: map)
      picture.src = page.link(to: address)
    }
    return Model.Picture(
      label: label, url: page.link(to: address), picture: picture, probability: site.measure(of: made))
  }
}

extension OverviewPage {
  /// `one class`, `24 classes`.
  static func classes(_ count: Int) -> String { count == 1 ? "one class" : "\(Format.count(count)) classes" }

  static func ablations(in site: SiteContext, on page: Address) -> [CardModel] {
    site.collection.ablations.map { ablation in
      let model = site.collection.model(ablation.model)?.title ?? ablation.model
      return CardModel(
        url: page.link(to: site.address(of: ablation)), title: ablation.title,
        note: "\(counted(ablation.rows.count, "variant")) in \(model)",
        picture: picture(
          ablation.rows.lazy.flatMap(\.works).first { $0.result.value != nil }, fallback: nil,
          what: ablation.title, on: page, in: site),
        words: "\(ablation.title) \(ablation.method) \(model)", network: model)
    }
  }
}
