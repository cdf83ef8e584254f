/// A page that the user wrote.
enum TextPage: PageKind {
  static let template = "pages/text"

  struct Model: PageModel {
    var title: String
    var body: HTML

    static let meanings: [String: String] = [
      "title": "the `title` in the page's head",
      "body": "what is written below the head",
    ]
  }

  static func pages(in site: SiteContext, templates: TemplateLibrary) throws -> [SitePage] {
    try site.collection.pages.filter { $0.slug != "index" }.map { page in
      SitePage(
        address: .folder("pages", page.slug), title: page.title, kind: "text", description: page.title,
        body: try templates.page(
          template, Model(title: page.title, body: HTML(Markdown.html(authored: page.text)))))
    }
  }
}
