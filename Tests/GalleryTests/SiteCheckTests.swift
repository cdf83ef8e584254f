import Foundation
import Support
import Testing

@testable import Gallery

@Suite("The check of a site")
struct SiteCheckTests {
  private static let policy =
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src 'self'\">"

  private func faults(_ body: String, policy: String = Self.policy) -> [String] {
    let page = "<!doctype html><html>\(policy)<body><h1>Title</h1>\n\(body)</body></html>"
    return SiteCheck(
      pages: [
        (Address("a/index.html"), PageSurvey(page)),
        (Address("index.html"), PageSurvey("\(Self.policy)<h1 id=\"top\">x</h1>")),
      ],
      files: ["a/index.html", "index.html", "media/x.png"]
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
  func fault(_ body: String, _ words: String) throws {
    let found = faults(body)
    #expect(found.count == 1)
    #expect(found.first?.contains(words) == true)
    // A count of headings is the whole page's.
    #expect(found.first?.hasPrefix(words == "2 headings" ? "a/index.html: " : "a/index.html:2: ") == true)
  }

  @Test("A page says what it may load, and nothing unsafe is among it")
  func policy() throws {
    #expect(faults("", policy: "") == ["a/index.html: the page has no content security policy"])
    let open = Self.policy.replacing("'none'", with: "'self'")
    #expect(faults("", policy: open).first?.contains("doesn't begin with default-src 'none'") == true)
    let unsafe = Self.policy.replacing("'self'", with: "'unsafe-inline'")
    #expect(faults("", policy: unsafe).first?.contains("allows unsafe things") == true)
  }

  @Test("A sound page has none")
  func sound() throws {
    #expect(
      faults(
        """
        <h2>x</h2><a href="../index.html#top">up</a> <a href="https://example.org">out</a>
        <img src="../media/x.png" alt="x" width="1" height="1">
        <fieldset><legend>x</legend><label><input type="radio"> y</label></fieldset>
        """
      ).isEmpty)
  }

  @Test(
    "A style sheet asks nobody, brings no font, and can be read in both themes",
    arguments: [
      ("@import \"x.css\";", 1, "imports another"),
      ("p {}\n@font-face { src: url(x.woff2); }", 2, "loads a font"),
      ("p {\n  background: url(\"https://example.org/x.png\"); }", 2, "asks another site"),
      (":root {\n  --wall: #fff;\n  --ink: #888;\n}", 3, "--ink on --wall has a contrast of 3.54"),
      (
        ":root {\n  --wall: #fff; --ink: #000;\n}\n:root[data-theme=\"dark\"] {\n  --wall: #222;\n}", 5,
        "--ink on --wall has a contrast of 1.32"
      ),
      (":root {\n  --mat: #fff;\n  --bar: #ccc;\n}", 3, "--bar on --mat has a contrast of 1.61"),
    ])
  func styles(_ sheet: String, _ line: Int, _ words: String) {
    let found = StyleCheck.faults(in: sheet)
    #expect(found.map(\.line) == [line])
    #expect(found.first?.message.contains(words) == true)
  }

  @Test("What stands in a comment or is for paper is no fault")
  func soundStyles() {
    let sheet =
      "/* @import\n@font-face */ :root { --wall: #fff; --ink: #111; }\n@media print {\n  :root { --ink: #eee; }\n}"
    #expect(StyleCheck.faults(in: sheet).isEmpty)
  }

  @Test("What loads before scrolling counts: markup, sheets, scripts, and pictures that aren't lazy")
  func sizes() {
    let page = PageSurvey(
      """
      <link rel="stylesheet" href="../assets/a.css"><script src="../assets/a.js"></script>
      <img src="../media/now.png" alt="" width="1" height="1" loading="eager">
      <img src="../studies/one/stimuli/x.png" alt="" width="1" height="1">
      <img src="../media/later.png" alt="" width="1" height="1" loading="lazy">
      """)
    func faults(_ sizes: [String: Int]) -> [String] {
      SiteCheck(pages: [(Address("a/index.html"), page)], files: []).sizeFaults { sizes[$0] }
    }
    let good = [
      "assets/a.css": 20_000, "assets/a.js": 20_000, "media/now.png": 950_000,
      "studies/one/stimuli/x.png": 9_000_000,
      "media/later.png": 9_000_000,
    ]
    #expect(faults(good).isEmpty)
    #expect(
      faults(good.merging(["assets/a.css": 20_001]) { $1 }) == [
        "assets/a.css: 20001 bytes; at most 20000 load quickly"
      ])
    #expect(
      faults(good.merging(["assets/a.js": 20_001]) { $1 }) == [
        "assets/a.js: 20001 bytes; at most 20000 load quickly"
      ])
    #expect(
      faults(good.merging(["media/now.png": 960_000]) { $1 }).first?.hasPrefix("a/index.html: 1000") == true)
  }

  @Test("A site in a folder is checked as it lies there")
  func folder() throws {
    let fixture = try Fixture(seeds: [1])
    try fixture.builder().build()
    let site = FinishedSite(folder: fixture.output)
    #expect(try site.check().faults.isEmpty)
    try FileManager.default.removeItem(atPath: fixture.output + "/pages/about/index.html")
    let faults = try site.check().faults
    #expect(
      faults.contains {
        $0.hasPrefix("index.html:") && $0.contains("pages/about/index.html, which doesn't exist")
      })
    #expect(throws: FileError.self) { try FinishedSite(folder: fixture.folder + "/none").check() }
  }
}
