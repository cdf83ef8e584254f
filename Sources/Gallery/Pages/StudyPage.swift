import Support

/// A rating form: a word and one picture per method, in an order that tells nothing.
enum StudyPage: PageKind {
  static let template = "pages/study"

  struct Model: PageModel {
    var name: String
    var title: String
    var welcome: HTML
    var count: Int
    var trials: [Trial]
    var isEmpty: Bool

    struct Trial: PageModel {
      var number: Int
      var count: Int
      var id: String
      var word: String
      var pictures: [Stimulus]
    }

    struct Stimulus: PageModel {
      var id: String
      var letter: String
      var field: String
      var picture: PictureModel
      var choices: [Choice]
    }

    struct Choice: PageModel {
      var value: Int
      var id: String
    }
  }

  static func pages(in site: SiteContext, templates: TemplateLibrary) throws -> [SitePage] {
    try site.collection.studies.map { study in
      let page = site.address(of: study)
      let model = Model(
        name: study.name, title: study.title, welcome: HTML(Markdown.html(authored: study.welcome)),
        count: study.trials.count,
        trials: study.trials.enumerated().map { trial($1, number: $0 + 1, study, on: page, in: site) },
        isEmpty: study.trials.isEmpty)
      return SitePage(
        address: page, title: study.title, kind: "study", description: "A rating study: \(study.title).",
        body: try templates.page(template, model))
    }
  }

  private static func trial(
    _ trial: StudyExhibit.Trial, number: Int, _ study: StudyExhibit, on page: Address, in site: SiteContext
  ) -> Model.Trial {
    let files = trial.pictures.map {
      (stored: $0, address: site.media.blindedAddress(of: $0, study: study.name, seed: study.seed))
    }
    // The blinded names are a digest of the seed, so their order is a shuffle that tells nothing.
    let ordered = files.sorted { $0.address < $1.address }
    let pictures = ordered.enumerated().map { index, file in
      let id = String((file.address.path.split(separator: "/").last ?? "").prefix { $0 != "." })
      let letter = String(UnicodeScalar(UInt8(65 + index % 26)))
      return Model.Stimulus(
        id: id, letter: letter, field: "t\(number)-\(id)",
        picture: PictureModel(
          src: page.link(to: file.address), width: file.stored.width, height: file.stored.height,
          alt: "Picture \(letter)", loading: number == 1 ? "eager" : "lazy"),
        choices: (1...5).map { Model.Choice(value: $0, id: "t\(number)-\(id)-\($0)") })
    }
    return Model.Trial(
      number: number, count: study.trials.count, id: "trial-\(number)", word: trial.word, pictures: pictures)
  }
}
