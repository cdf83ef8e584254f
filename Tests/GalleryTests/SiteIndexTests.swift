import Foundation
import Imaging
import Testing

@testable import Gallery

@Suite("What machines read of a site")
struct SiteIndexTests {
  @Test("A site that knows its address has a sitemap, a feed, whole addresses and previews")
  func published() throws {
    let fixture = try Fixture()
    fixture.collection.site.address = "https://example.org/seen"
    try fixture.builder().build()
    let base = "https://example.org/seen/"
    #expect(plain(try fixture.page("sitemap.xml")).contains("<loc>\(base)index.html</loc>"))
    let feed = plain(try fixture.page("feed.xml"))
    #expect(feed.contains("<id>\(base)</id>") && feed.contains("<entry>"))
    let parser = XMLCheck()
    for name in ["feed.xml", "sitemap.xml"] {
      #expect(parser.isWellFormed(try fixture.page(name)), "\(name)")
    }
    let page = plain(try fixture.page("classes/zebra/index.html"))
    #expect(page.contains("<link rel=\"canonical\" href=\"\(base)classes/zebra/index.html\">"))
    // A server shows this one for addresses of any depth.
    let missing = plain(try fixture.page("404.html"))
    #expect(missing.contains("href=\"/seen/assets/") && missing.contains("href=\"/seen/index.html\""))
    #expect(!missing.contains("href=\"assets/"))
    #expect(try FinishedSite(folder: fixture.output).check().faults.isEmpty)
    let image = try #require(page.range(of: "og:image\" content=\"\(base)")).upperBound
    let name = page[image...].prefix { $0 != "\"" }
    #expect(FileManager.default.fileExists(atPath: "\(fixture.output)/\(name)"), "\(name)")
  }

  @Test("Space goes from between JSON's parts, and stays in its texts")
  func compact() {
    let text = #"{ "a\\" : [ 1,\t2.5e-3 ], "b \" : c" : "x\\\" , y", "d" : { } }"#
    #expect(
      String(decoding: SiteIndex.compact(Data(text.replacing(#"\t"#, with: "\n\t ").utf8)), as: UTF8.self)
        == #"{"a\\":[1,2.5e-3],"b \" : c":"x\\\" , y","d":{}}"#)
  }

  /// A text with its numeric character references read.
  private func plain(_ text: String) -> String {
    var result = ""
    var rest = text[...]
    while let start = rest.range(of: "&#") {
      result += rest[..<start.lowerBound]
      let digits = rest[start.upperBound...].prefix { $0.isNumber }
      if let scalar = UInt32(digits).flatMap(Unicode.Scalar.init) { result.unicodeScalars.append(scalar) }
      rest = rest[digits.endIndex...].dropFirst()
    }
    return result + rest
  }

  @Test("One that doesn't has none of these")
  func unpublished() throws {
    let fixture = try Fixture()
    fixture.collection.site.address = nil
    try fixture.builder().build()
    for name in ["sitemap.xml", "feed.xml"] {
      #expect(!FileManager.default.fileExists(atPath: "\(fixture.output)/\(name)"))
    }
    let page = try fixture.page("classes/zebra/index.html")
    #expect(!page.contains("og:") && !page.contains("canonical") && !page.contains("feed.xml"))
  }

  @Test("Natural pictures that may not be passed on are small, or a note stands in their place")
  func withheld() throws {
    let fixture = try Fixture(side: 200)
    let natural = try #require(fixture.collection.classes[0].references.value?.first?.picture)
    let whole = "\(fixture.output)/media/\(natural.sha256.prefix(20)).png"
    try fixture.builder().build()
    #expect(FileManager.default.fileExists(atPath: whole))
    fixture.collection.site.publication = .thumbnail
    fixture.collection.site.referencesLicence = "not ours"
    try fixture.builder().build()
    #expect(!FileManager.default.fileExists(atPath: whole))
    let small = "\(fixture.output)/media/\(natural.sha256.prefix(20))-128.jpg"
    #expect(try Image.read(small).width == 128)
    #expect(plain(try fixture.page("index.html")).contains("Natural pictures: not ours"))
    fixture.collection.site.publication = .none
    try fixture.builder().build()
    #expect(!FileManager.default.fileExists(atPath: small))
    #expect(try fixture.page("classes/zebra/index.html").contains("assets/withheld.svg"))
    // What was made is shown all the same.
    let made = try #require(fixture.collection.classes[0].works.compactMap(\.made).first)
    #expect(FileManager.default.fileExists(atPath: "\(fixture.output)/media/\(made.sha256.prefix(20)).png"))
  }

  @Test("Authors and a known licence make a citation file; text in it has no meaning to YAML")
  func citation() throws {
    var facts = SiteFacts()
    facts.title = "What: \"they\" see"
    #expect(CitationFile(facts) == nil)
    facts.authors = ["Ada # Lovelace", "Bernt"]
    facts.licence = "CC BY 4.0"
    facts.address = "https://example.org/"
    let file = try #require(CitationFile(facts))
    let lines = String(decoding: file.data, as: UTF8.self).split(separator: "\n").map(String.init)
    #expect(lines.contains("title: \"What: \\\"they\\\" see\""))
    #expect(lines.contains("  - name: \"Ada # Lovelace\"") && lines.contains("  - name: \"Bernt\""))
    #expect(lines.contains("license: CC-BY-4.0") && lines.contains("url: \"https://example.org/\""))
  }

  @Test(
    "Licences by their identifiers",
    arguments: [
      ("CC BY 4.0", "CC-BY-4.0"), ("CC BY-NC-SA 3.0", "CC-BY-NC-SA-3.0"), ("CC0 1.0", "CC0-1.0"),
      ("CC0", "CC0-1.0"), ("MIT", "MIT"), ("Apache License 2.0", "Apache-2.0"), ("CC BY", nil),
      ("All rights reserved", nil), ("CC BY 4.0, but for the photographs", nil), ("", nil),
    ] as [(String, String?)])
  func licence(_ text: String, _ identifier: String?) {
    #expect(CitationFile.identifier(text) == identifier)
  }
}

/// Whether a text is well-formed XML, as xmllint would say; Foundation's parser is a package of its own on Linux.
private struct XMLCheck {
  func isWellFormed(_ text: String) -> Bool {
    var open: [Substring] = []
    var rest = text[...]
    while let start = rest.firstIndex(of: "<") {
      if rest[..<start].contains("&") && !entitiesAreKnown(rest[..<start]) { return false }
      guard let end = rest[start...].firstIndex(of: ">") else { return false }
      let tag = rest[rest.index(after: start)..<end]
      rest = rest[rest.index(after: end)...]
      if tag.hasPrefix("?") || tag.hasSuffix("/") { continue }
      if tag.hasPrefix("/") {
        guard open.popLast() == tag.dropFirst() else { return false }
      } else {
        open.append(tag.prefix { $0 != " " })
      }
    }
    return open.isEmpty
  }

  private func entitiesAreKnown(_ text: Substring) -> Bool {
    text.split(separator: "&", omittingEmptySubsequences: false).dropFirst().allSatisfy { part in
      ["amp;", "lt;", "gt;", "quot;", "#"].contains { part.hasPrefix($0) }
    }
  }
}
