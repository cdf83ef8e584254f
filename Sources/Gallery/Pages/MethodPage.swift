/// A method: what it does, where it comes from, all its pictures.
enum MethodPage: PageKind {
  static let template = "pages/method"

  struct Model: PageModel {
    var title: String
    var summary: HTML
    var citation: String
    var bibtex: HTML
    var link: String?
    var needsReferences: Bool
    var settings: [FactModel]
    var hasSettings: Bool
    var works: [WorkModel]
    var isContinued: Bool
    var pages: [LinkModel]
    var hasPages: Bool
    var nextPage: LinkModel?
    var previous: LinkModel?
    var next: LinkModel?

    static let meanings: [String: String] = [
      "title": "the method's title",
      "summary": "what the method does, in a few sentences",
      "citation": "the paper that the method is from",
      "bibtex": "the same as BibTeX, several lines for a `pre` element",
      "link": "the paper's address on the web; missing if it isn't one of `https`",
      "needsReferences": "whether it needs natural pictures of its target",
      "settings": "the settings in force for the first of its pictures that was made",
      "hasSettings": "whether there are such settings",
      "works": "the pictures on this page of the list, 200 at most",
      "isContinued": "whether this is a further page of a long list, which has only pictures",
      "pages":
        "all pages of a long list, each called by what is first and last on it; empty if there is one page",
      "hasPages": "whether the list takes several pages",
      "nextPage": "the page of the list after this one; missing on the last",
      "previous": "the method before it in the exhibition; missing at the first",
      "next": "the method after it in the exhibition; missing at the last",
    ]
  }

  static func pages(in site: SiteContext, templates: TemplateLibrary) throws -> [SitePage] {
    let methods = site.collection.methods
    return try methods.indices.flatMap { index in
      let method = methods[index]
      let works = WorkPage.sets(in: site).flatMap { set in
        set.works.filter { $0.method == method.name }.map { (work: $0, home: set.home) }
      }
      let paging = Paging(works.count, home: site.address(of: method))
      let hasSeeds = Set(works.map(\.work.seed)).count > 1
      let settings = works.lazy.compactMap { $0.work.result.value?.record.recipe.settings }.first ?? [:]
      return try paging.ranges.enumerated().map { number, range in
        let page = paging.address(number)
        let link = { (other: MethodExhibit) in
          LinkModel(url: page.link(to: site.address(of: other)), text: other.title)
        }
        let pages = paging.links(on: number) { site.name(of: works[$0].work.target) }
        let model = Model(
          title: method.title, summary: HTML(Markdown.html(authored: method.summary)),
          citation: method.citation,
          bibtex: Markup.lines(method.bibtex),
          link: method.link.flatMap { $0.hasPrefix("https://") ? $0 : nil },
          needsReferences: method.needsReferences,
          settings: settings.keys.sorted().map {
            FactModel(name: $0, value: settings[$0]?.description ?? "")
          },
          hasSettings: !settings.isEmpty,
          works: works[range].enumerated().map {
            var work = site.work($1.work, on: page, home: $1.home, isFirst: $0 < 4)
            work.title = "\(site.name(of: $1.work.target)), \(work.model)"
            if hasSeeds { work.title += ", seed\u{A0}\($1.work.seed)" }
            return work
          },
          isContinued: number > 0, pages: pages, hasPages: !pages.isEmpty,
          nextPage: paging.next(after: number, in: pages),
          previous: index > 0 ? link(methods[index - 1]) : nil,
          next: index + 1 < methods.count ? link(methods[index + 1]) : nil)
        return SitePage(
          address: page, title: paging.title(number, of: method.title), kind: "method",
          description: "What \(method.title) does, its settings, its source and all its pictures here.",
          body: try templates.page(template, model),
          crumbs: [("Methods", Address.folder("methods"))]
            + (number == 0 ? [] : [(method.title, paging.home)]))
      }
    }
  }
}
