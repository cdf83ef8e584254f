/// The entrance: what this exhibition is, a few large pictures, the ways in.
enum IndexPage: PageKind {
  static let template = "pages/index"

  struct Model: PageModel {
    var title: String
    var summary: String?
    var introduction: HTML?
    var highlights: [WorkModel]
    var hasHighlights: Bool
    var sections: [Section]
    var studies: [LinkModel]
    var compareURL: String
    var searchURL: String
    var gaps: Int
    var hasGaps: Bool

    static let meanings: [String: String] = [
      "title": "the title of the introduction if there is one, or else the exhibition's",
      "summary": "the exhibition's `subtitle`; missing if it has none",
      "introduction": "the text of the introduction; missing if there is none",
      "highlights": "up to six pictures of different classes, foremost those that most networks recognize",
      "hasHighlights": "whether any class has a picture",
      "sections": "the kinds of exhibits that there are",
      "studies": "the studies to take part in",
      "compareURL": "the page on which pictures are laid side by side",
      "searchURL": "the page that lists everything",
      "gaps": "how many of the pictures asked for are missing, those that can't be made not counted",
      "hasGaps": "whether any are missing",
    ]

    struct Section: PageModel {
      var title: String
      var introduction: String
      var url: String
      var count: String
      var cards: [CardModel]

      static let meanings: [String: String] = [
        "title": "the kind, such as `Classes`",
        "introduction": "a sentence about the kind",
        "url": "the list of all exhibits of the kind",
        "count": "how many of them there are",
        "cards": "the first six of them",
      ]
    }
  }

  static func pages(in site: SiteContext, templates: TemplateLibrary) throws -> [SitePage] {
    let page = Address("index.html")
    let facts = site.collection.site
    let introduction = site.collection.pages.first { $0.slug == "index" }
    let highlights = highlights(in: site)
    let gaps = site.works.count(where: \.isMissing)
    let model = Model(
      title: introduction?.title ?? facts.title, summary: facts.summary.isEmpty ? nil : facts.summary,
      introduction: introduction.map { HTML(Markdown.html(authored: $0.text)) },
      highlights: highlights.enumerated().map {
        var work = site.work($1.work, on: page, home: $1.home, isFirst: $0 < 3)
        work.title = site.name(of: $1.work.target)
        return work
      },
      hasHighlights: !highlights.isEmpty,
      sections: OverviewPage.sections(in: site).compactMap { section in
        let cards = section.cards(page)
        guard !cards.isEmpty else { return nil }
        return Model.Section(
          title: section.title, introduction: section.introduction, url: page.link(to: section.address),
          count: "\(cards.count)", cards: Array(cards.prefix(6)))
      },
      studies: site.collection.studies.map {
        LinkModel(url: page.link(to: site.address(of: $0)), text: $0.title)
      },
      compareURL: page.link(to: .folder("compare")), searchURL: page.link(to: .folder("search")), gaps: gaps,
      hasGaps: gaps > 0)
    return [
      SitePage(
        address: page, title: facts.title, kind: "index",
        description: facts.summary.isEmpty ? "What trained networks see." : facts.summary,
        body: try templates.page(template, model), preview: highlights.first?.work.made)
    ]
  }

  /// Pictures for the entrance: of different classes, first those whose class every other model recognizes.
  static func highlights(in site: SiteContext) -> [(work: Work, home: Address)] {
    let candidates = site.collection.classes.compactMap { home -> (work: Work, home: Address, score: Int)? in
      guard let work = OverviewPage.shown(home.works) else { return nil }
      return (work, site.address(of: home), OverviewPage.rightCount(work))
    }
    let ordered = candidates.enumerated().sorted {
      ($1.element.score, $0.offset) < ($0.element.score, $1.offset)
    }
    return ordered.prefix(6).map { ($0.element.work, $0.element.home) }
  }
}
