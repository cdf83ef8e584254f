import Foundation
import Testing

@testable import Gallery

@Suite("Filled templates")
struct FilledTemplateTests {
  struct Card: PageModel {
    var title = "A & B"
    var count = 3
    var note: String?
    var body = HTML("<p>\n\n  1 < 2</p>")
    var items: [Item] = []
    var inner: Item?
    var words: [String] = []
    var isNew = false

    static let meanings: [String: String] = [:]
  }

  struct Item: PageModel {
    var name: String
    var note: String?

    static let meanings: [String: String] = [:]
  }

  private func filled(
    _ text: String, _ model: some PageModel, partials: [String: String] = [:],
    in language: FilledTemplate.Language = .html
  ) throws -> FilledTemplate {
    let templates = try partials.merging(["page": text]) { $1 }.map { name, text in
      (name, try Template(TemplateSource(name: name, file: name, text: text)))
    }
    let byName = Dictionary(templates) { first, _ in first }
    return FilledTemplate(
      try #require(byName["page"]), try ModelValue(model), in: language, templates: byName)
  }

  private func text(_ template: String, _ model: Card, partials: [String: String] = [:]) throws -> String {
    String(decoding: try filled(template, model, partials: partials).bytes, as: UTF8.self)
  }

  @Test("Texts and numbers are escaped, HTML stands as it is")
  func values() throws {
    #expect(try text("{{title}}, {{ count }}: {{{body}}}", Card()) == "A &#38; B, 3: <p>\n\n  1 < 2</p>")
  }

  @Test("A section is shown for each element, if a flag is set, if a value is there; else what is inverted")
  func sections() throws {
    var card = Card(items: [Item(name: "x"), Item(name: "y")], words: ["u", "v"])
    let template =
      "{{#items}}[{{name}} of {{title}}]{{/items}}{{#isNew}}new{{/isNew}}{{^isNew}}old{{/isNew}}"
      + "{{#note}}({{note}}){{/note}}{{^note}}-{{/note}}{{#words}}{{.}};{{/words}}{{^items}}none{{/items}}"
    #expect(try text(template, card) == "[x of A &#38; B][y of A &#38; B]old-u;v;")
    card = Card(note: "n", isNew: true)
    #expect(try text(template, card) == "new(n)none")
  }

  @Test("A missing inner value is nothing, not the outer value of the same name")
  func missingValue() throws {
    let card = Card(note: "outer", items: [Item(name: "x"), Item(name: "y", note: "own")])
    #expect(try text("{{#items}}<{{#note}}{{note}}{{/note}}{{note}}>{{/items}}", card) == "<><ownown>")
    #expect(try text("{{inner.name}}|{{#inner}}{{name}}{{/inner}}", Card()) == "|")
    #expect(try text("{{inner.name}}|{{#inner}}{{name}}{{/inner}}", Card(inner: Item(name: "i"))) == "i|i")
  }

  @Test("A line that has nothing but a section's tag, a comment or a partial leaves nothing behind")
  func ownLines() throws {
    let card = Card(items: [Item(name: "x"), Item(name: "y")])
    #expect(
      try text("a\n  {{#items}}  \n- {{name}}\n{{/items}}\nb{{! c }}\n{{!\n d\n}}\r\nc", card)
        == "a\n- x\n- y\nb\nc")
    #expect(try text("{{#items}}\n{{name}}\n{{/items}}", card) == "x\ny\n")
    #expect(try text("{{title}}\n", card) == "A &#38; B\n")
    #expect(try text("{{#items}} {{name}} {{/items}}\n", card) == " x  y \n")
    #expect(
      try text("a\n{{>partials/p}}\nb{{>partials/p}}\n", card, partials: ["partials/p": "<{{count}}>\n"])
        == "a\n<3>\nb<3>\n\n")
  }

  @Test("HTML passes Markdown untouched, texts show every character of theirs")
  func markdown() throws {
    let model = Card(title: "*a* <b> `c` [d](e) &amp; 1. \\")
    let html = try filled("# {{title}}\n\n{{{body}}}\n\nx {{{body}}} y\n", model, in: .markdown).html().markup
    let title = "*a* &lt;b&gt; `c` [d](e) &amp;amp; 1. \\"
    #expect(
      html == "<h1>\(title)</h1>\n\(model.body.markup)\n<p>x \(model.body.markup) y</p>\n")
  }

  @Test("What looks like a seal in a text or in HTML isn't opened")
  func seals() throws {
    let model = Card(title: "<!--html:0-->", body: HTML("<b><!--html:0--></b>"))
    let html = try filled("{{title}} {{{body}}}", model, in: .markdown).html().markup
    #expect(html == "<p>&lt;!--html:0--&gt; <b><!--html:0--></b></p>\n")
  }

  @Test("Sections that don't close, or close another one, are told with file and line")
  func faults() {
    #expect(throws: GalleryError(file: "f", line: 2, message: "the section {{#a}} is never closed")) {
      try Template(TemplateSource(name: "n", file: "f", text: "\n{{#a}}\n{{#b}}{{/b}}"))
    }
    #expect(throws: GalleryError(file: "f", line: 2, message: "{{/b}} closes a section that isn't open")) {
      try Template(TemplateSource(name: "n", file: "f", text: "{{#a}}\n{{/b}}"))
    }
    #expect(throws: GalleryError(file: "f", line: 1, message: "{{/b}} closes a section that isn't open")) {
      try Template(TemplateSource(name: "n", file: "f", text: "{{/b}}"))
    }
  }

  @Test("A text is escaped alike whether or not it is of ASCII alone", arguments: ["html", "markdown"])
  func ways(_ name: String) {
    let language: FilledTemplate.Language = name == "html" ? .html : .markdown
    func escaped(_ text: String) -> [UInt8] {
      var bytes = Array("x ".utf8)
      TextEscape.append(text, to: &bytes, for: language)
      return bytes
    }
    for text in ["", " ", "  a  b ", "<b class='x'>&amp;</b>", "a\tb\nc", "{{x}} `y` = \"z\" _*#"] {
      let other = escaped(text + "é")
      // The last letter keeps the space before it.
      let plain = String(decoding: escaped(text), as: UTF8.self)
      let long = String(decoding: other, as: UTF8.self).dropLast()
      #expect(long == plain || long == plain + " ")
    }
  }
}
