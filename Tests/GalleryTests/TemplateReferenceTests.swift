import Foundation
import Testing

@testable import Gallery

@Suite("The reference of templates")
struct TemplateReferenceTests {
  @Test("docs/templates.md is what `vitrine templates` prints")
  func file() throws {
    let repository = URL(fileURLWithPath: Fixture.templates).deletingLastPathComponent()
    let file = repository.appendingPathComponent("docs/templates.md")
    let text = try String(contentsOf: file, encoding: .utf8)
    #expect(text == (try TemplateReference.markdown()) + "\n", "run `vitrine templates > docs/templates.md`")
  }

  @Test("Each page's file and every tag of its model stand there")
  func tags() throws {
    let text = try TemplateReference.markdown()
    for part in [
      "## `pages/class.md`", "| `rows › cells › works › picture › src` | text |",
      "| `seeds` | a list of texts, each `{{.}}` |", "| `leftOut` | text, if there is one |",
      "| `body` | HTML, written `{{{…}}}` |", "| `hasSeeds` | yes or no: a section |",
    ] { #expect(text.contains(part), "\(part)") }
  }
}
