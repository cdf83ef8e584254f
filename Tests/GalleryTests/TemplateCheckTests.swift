import Foundation
import Testing

@testable import Gallery

@Suite("Strict templates")
struct TemplateCheckTests {
  struct Card: PageModel {
    var title: String
    var note: String?
    var body: HTML
    var items: [Item]
    var isNew: Bool

    static let meanings: [String: String] = [:]
  }

  struct Item: PageModel {
    var name: String
    var title: String

    static let meanings: [String: String] = [:]
  }

  private func fault(_ text: String, partials: [String: String] = [:]) throws -> String? {
    do {
      let templates = try partials.merging(["page": text]) { $1 }.map { name, text in
        (name, try Template(TemplateSource(name: name, file: "templates/\(name).md", text: text)))
      }
      let byName = Dictionary(templates) { first, _ in first }
      try TemplateCheck(templates: byName).check(
        try #require(byName["page"]), against: try Shape.of(Card.self))
      return nil
    } catch let error as GalleryError {
      return error.description
    }
  }

  @Test("A tag that the model lacks stops with file and line, also in the body of a list that is empty")
  func unknownTag() throws {
    #expect(
      try fault("# {{title}}\n\n{{#items}}\n{{nam}}\n{{/items}}\n")
        == "templates/page.md:4: unknown tag \"nam\"; did you mean \"name\"?")
    // Once, though both models have it.
    #expect(
      try fault("{{#items}}{{titel}}{{/items}}")
        == "templates/page.md:1: unknown tag \"titel\"; did you mean \"title\"?")
    #expect(try fault("{{titel}}")?.hasPrefix("templates/page.md:1: unknown tag \"titel\"") == true)
  }

  @Test("A partial is checked where it is included, and its own file is named")
  func partial() throws {
    let partials = ["partials/item": "ok\n{{name}}\n"]
    #expect(try fault("{{#items}}\n{{>partials/item}}\n{{/items}}", partials: partials) == nil)
    #expect(
      try fault("{{>partials/item}}", partials: partials)?.hasPrefix(
        "templates/partials/item.md:2: unknown tag")
        == true)
    #expect(
      try fault("{{>partials/itm}}", partials: partials)?.contains("did you mean \"partials/item\"?") == true)
    #expect(
      try fault("{{>partials/a}}", partials: ["partials/a": "{{>partials/a}}"])?.contains("includes itself")
        == true)
  }

  @Test("Text can't be put in unescaped, HTML can't be put in escaped")
  func escaping() throws {
    #expect(try fault("{{{body}}} {{title}}") == nil)
    #expect(try fault("{{{title}}}")?.contains("must be escaped") == true)
    #expect(try fault("{{body}}")?.contains("is HTML") == true)
  }

  @Test("Sections close in order, and only what may be missing or repeated has one")
  func sections() throws {
    #expect(try fault("{{#note}}{{note}}{{/note}}{{^isNew}}old{{/isNew}}") == nil)
    #expect(try fault("\n{{#isNew}}\n")?.hasPrefix("templates/page.md:2: ") == true)
    #expect(try fault("{{#isNew}}{{/note}}")?.contains("isn't open") == true)
    #expect(try fault("{{#title}}x{{/title}}")?.contains("always there") == true)
    #expect(try fault("{{=<% %>=}}")?.contains("of no kind") == true)
    #expect(try fault("a {{title")?.contains("never ends") == true)
  }

  @Test("Every built-in template shows only what its pages have")
  func builtIn() throws {
    let library = try TemplateLibrary(folders: [Fixture.templates])
    func check<Kind: PageKind>(_ kind: Kind.Type) throws {
      try library.check(kind.template, holds: kind.Model.self)
    }
    for kind in PageKinds.all { try check(kind) }
    try library.check(Layout.template, holds: Layout.Model.self)
  }
}
