/// Everything there is, in one list; a field filters it.
enum SearchPage: PageKind {
  static let template = "pages/search"

  struct Model: PageModel {
    var entries: [Entry]
    /// Whether pictures are left out, because there are so many.
    var isWithoutPictures: Bool

    struct Entry: PageModel {
      var url: String
      var title: String
      var kind: String
      var words: String
    }
  }

  static func pages(in site: SiteContext, templates: TemplateLibrary) throws -> [SitePage] {
    let page = Address.folder("search")
    var entries = OverviewPage.sections(in: site).flatMap { section in
      section.cards(page).map {
        Model.Entry(url: $0.url, title: $0.title, kind: section.title, words: "\($0.words) \(section.title)")
      }
    }
    // A list of many thousand pictures would take a megabyte; each stands on the page of what it shows.
    let isWithoutPictures = site.works.count > 2000
    for set in isWithoutPictures ? [] : WorkPage.sets(in: site) {
      for work in set.works {
        let model = site.collection.model(work.model)?.title ?? work.model
        let title = "\(site.title(of: work)), \(model), seed \(work.seed)"
        entries.append(
          Model.Entry(
            url: page.link(to: site.address(of: work, in: set.home)), title: title, kind: "Pictures",
            words: "\(title) \(set.title) picture"))
      }
    }
    let model = Model(entries: entries, isWithoutPictures: isWithoutPictures)
    return [
      SitePage(
        address: page, title: "Search", kind: "search", description: "Find a class, a neuron, a picture.",
        body: try templates.page(template, model))
    ]
  }
}
