import Foundation
import Testing

@testable import Gallery

@Suite("The check of a site")
struct SiteCheckTests {
  private func faults(_ body: String) -> [String] {
    let page = "<!doctype html><html><body><h1>Title</h1>\(body)</body></html>"
    return SiteCheck(
      documents: [Address("a/index.html"): page, Address("index.html"): "<h1 id=\"top\">x</h1>"],
      files: ["a/index.html", "index.html", "media/x.png"], assets: [:]
    ).faults()
  }

  @Test(
    "Each fault is found",
    arguments: [
      ("<a href=\"../b/index.html\">b</a>", "doesn't exist"),
      ("<a href=\"../index.html#none\">b</a>", "anchor"),
      ("<a href=\"../../x.html\">b</a>", "leads out of the site"),
      ("<a href=\"/x.html\">b</a>", "leads out of the site"),
      ("<a href=\"javascript:x\">b</a>", "no safe scheme"),
      ("<img src=\"../media/x.png\" width=\"1\" height=\"1\">", "no alt text"),
      ("<img src=\"../media/x.png\" alt=\"\" height=\"1\">", "no width"),
      ("<img src=\"https://example.org/x.png\" alt=\"\" width=\"1\" height=\"1\">", "asks another site"),
      ("<link rel=\"stylesheet\" href=\"//example.org/x.css\">", "asks another site"),
      ("<h3>x</h3>", "follows <h1>"), ("<h1>x</h1>", "2 headings"), ("<h2> </h2>", "no words"),
      ("<input id=\"x\">", "no label"),
      ("<label for=\"x\">x</label><input id=\"x\" type=\"radio\">", "no fieldset"),
      ("<fieldset><p>x</p></fieldset>", "no legend"), ("<p style=\"color:red\">x</p>", "inline style"),
      ("<p onclick=\"x()\">x</p>", "inline handler"), ("<script>x()</script>", "inline script"),
      ("<p id=\"x\"></p><p id=\"x\"></p>", "given twice"),
    ])
  func fault(_ body: String, _ words: String) {
    let found = faults(body)
    #expect(found.count == 1)
    #expect(found.first?.contains(words) == true)
    #expect(found.first?.hasPrefix("a/index.html: ") == true)
  }

  @Test("A sound page has none")
  func sound() {
    #expect(
      faults(
        """
        <h2>x</h2><a href="../index.html#top">up</a> <a href="https://example.org">out</a>
        <img src="../media/x.png" alt="x" width="1" height="1">
        <fieldset><legend>x</legend><label><input type="radio"> y</label></fieldset>
        """
      ).isEmpty)
  }
}
