/// What a web server shows for an address that doesn't exist.
enum NotFoundPage: PageKind {
  static let template = "pages/404"

  struct Model: PageModel {
    var sections: [LinkModel]

    static let meanings: [String: String] = [
      "sections": "the lists of all kinds of exhibits"
    ]
  }

  static func pages(in site: SiteContext, templates: TemplateLibrary) throws -> [SitePage] {
    // A server shows it for addresses of any depth, where links relative to the root lead nowhere.
    let name = "404.html"
    let page = site.collection.site.base.map { Address(name, at: $0 + name) } ?? Address(name)
    let sections = OverviewPage.sections(in: site).map {
      LinkModel(url: page.link(to: $0.address), text: $0.title)
    }
    return [
      SitePage(
        address: page, title: "Not found", kind: "notfound", description: "There is no such page.",
        body: try templates.page(template, Model(sections: sections)))
    ]
  }
}
