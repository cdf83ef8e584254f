import Foundation

/// Everything there is, in one list, which a field and some choices filter.
enum SearchPage: PageKind {
  static let template = "pages/search"

  struct Model: PageModel {
    var choices: [Choice]
    var entries: [Entry]
    var isWithoutPictures: Bool

    static let meanings: [String: String] = [
      "choices": "what the list can be narrowed down by; one of which there is nothing to choose is left out",
      "entries": "all exhibits, kind by kind, and then all pictures",
      "isWithoutPictures": "whether pictures are left out, because there are more than 2,000",
    ]

    struct Choice: PageModel {
      var name: String
      var title: String
      var options: [String]

      static let meanings: [String: String] = [
        "name":
          "what it goes by: `kind`, `network` or `method`, as in the entries' attributes `data-kind` and so on",
        "title": "what visitors read, such as `Network`",
        "options": "what there is to choose from",
      ]
    }

    struct Entry: PageModel {
      var url: String
      var title: String
      var kind: String
      var network: String?
      var method: String?
      var words: String

      static let meanings: [String: String] = [
        "url": "the page of the exhibit or the picture",
        "title": "what it is called",
        "kind": "the kind of exhibit, such as `Classes`, or `Pictures`",
        "network": "the title of the network that it is of; missing if it is of several or none",
        "method": "the title of the method that made the picture; missing for exhibits",
        "words": "what the filter of the page searches",
      ]
    }
  }

  static func pages(in site: SiteContext, templates: TemplateLibrary) throws -> [SitePage] {
    let page = Address.folder("search")
    var entries = OverviewPage.sections(in: site).flatMap { section in
      section.cards(page).map {
        Model.Entry(
          url: $0.url, title: $0.title, kind: section.title, network: $0.network,
          words: "\($0.words) \(section.title)")
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
            network: model, method: site.collection.method(work.method)?.title ?? work.method,
            words: "\(title) \(set.title) picture"))
      }
    }
    let model = Model(
      choices: choices(among: entries), entries: entries, isWithoutPictures: isWithoutPictures)
    return [
      SitePage(
        address: page, title: "Search", kind: "search", description: "Find a class, a neuron, a picture.",
        body: try templates.page(template, model))
    ]
  }

  /// The way to the list narrowed down to a kind.
  static func url(of kind: String, on page: Address) -> String {
    let value = kind.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    return page.link(to: .folder("search")) + "#kind=" + value
  }

  /// What entries differ in, each value once and in the order of the entries.
  private static func choices(among entries: [Model.Entry]) -> [Model.Choice] {
    func choice(_ name: String, _ title: String, _ values: [String]) -> Model.Choice? {
      var seen: Set<String> = []
      let options = values.filter { seen.insert($0).inserted }
      return options.count > 1 ? Model.Choice(name: name, title: title, options: options) : nil
    }
    return [
      choice("kind", "Kind", entries.map(\.kind)),
      choice("network", "Network", entries.compactMap(\.network)),
      choice("method", "Method", entries.compactMap(\.method)),
    ].compactMap { $0 }
  }
}
