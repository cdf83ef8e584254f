import Exhibition
import Foundation
import Testing

@testable import Gallery

@Suite("Hostile text is shown as text")
struct HostileTextTests {
  static let texts = [
    "<script>alert(1)</script>", "\" onload=\"alert(1)", "</title><img src=x onerror=alert(1)>",
    "*stress* _under_ `code` [link](javascript:alert(1))", "{{title}} {{{title}}} {{#items}}",
    "a\n\n<b>b</b>\n\n# c",
    "    indented", "1. one", "- item", "&lt;b&gt; &#60;b&#62;", "<!--html:PGI+-->", "]]> <![CDATA[",
    "~~~\n```",
    "\u{202E}evil\u{2066}", "a\u{0}b\u{1B}",
  ]

  @Test("A class, titles, labels and pages made of markup pass all checks of a site", arguments: texts)
  func everywhere(_ text: String) throws {
    let fixture = try Fixture(classes: [text, "b", "c", "d", "e"], seeds: [1])
    fixture.collection.site.title = text
    fixture.collection.site.summary = text
    fixture.collection.site.footer = text
    fixture.collection.pages = [
      try AuthoredPage(file: "pages/about.md", contents: "---\ntitle: About\n---\n\(text)\n")
    ]
    try fixture.builder().build()
    for path in ["index.html", "search/index.html", "compare/index.html", "studies/first/index.html"] {
      try expectHarmless(try fixture.page(path))
    }
    let page = try fixture.page(
      SiteContext(collection: fixture.collection, media: Media())
        .address(of: fixture.collection.classes[0]).path)
    try expectHarmless(page)
    #expect(shownText(page).contains(expected(text)))
    try expectHarmless(try fixture.page("pages/about/index.html"))
  }

  @Test("A head's values are text")
  func frontMatter() throws {
    let page = try AuthoredPage(file: "pages/x.md", contents: "---\ntitle: \"<b>*x*</b> {{y}}\"\n---\n")
    let library = try TemplateLibrary(folders: [Fixture.templates])
    let html = try library.page("pages/text", TextPage.Model(title: page.title, body: HTML(""))).html().markup
    #expect(html.contains("<h1>&lt;b&gt;*x*&lt;/b&gt; {{y}}</h1>"))
  }

  @Test("Raw HTML in authored Markdown is shown, unsafe links lead nowhere")
  func authored() {
    let html = Markdown.html(
      authored: "<script>x</script>\n\na <b onclick=y>b</b> [c](JaVa&#115;cript:z) ![d](//e.org/f.png)")
    #expect(html.contains("&lt;script&gt;x&lt;/script&gt;"))
    #expect(html.contains("&lt;b onclick=y&gt;b&lt;/b&gt;"))
    #expect(html.contains("<a href=\"\">c</a>"))
    #expect(!html.contains("e.org"))
  }

  /// No element, attribute or comment of the page comes from the text.
  private func expectHarmless(_ page: String) throws {
    let elements = HTMLElement.all(page)
    let scripts = elements.filter { $0.name == "script" && !$0.isEnd }.map { $0.attributes["src"] ?? "" }
    #expect((1...4).contains(scripts.count))
    #expect(scripts.allSatisfy { $0.contains("assets/") && $0.hasSuffix(".js") })
    #expect(!elements.contains { $0.attributes.list.map(\.key).contains { $0.hasPrefix("on") } })
    #expect(!elements.contains { $0.name == "b" || $0.attributes["src"] == "x" })
    #expect(!elements.contains { $0.attributes["href"]?.lowercased().contains("script:") == true })
    #expect(!page.contains("<!--"))
    #expect(!page.contains("\u{202E}") && !page.contains("\u{1B}"))
  }

  private func expected(_ text: String) -> String {
    unescape(Markup.text(text))
  }

  /// The page's words as a browser shows them.
  private func shownText(_ page: String) -> String {
    unescape(HTMLElement.all(page).map(\.textBefore).joined())
  }

  private func unescape(_ text: String) -> String {
    var result = text.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing(
      "&quot;", with: "\"")
    for code in 33..<127 { result = result.replacing("&#\(code);", with: String(UnicodeScalar(UInt8(code)))) }
    return result.replacing("&amp;", with: "&")
  }
}
