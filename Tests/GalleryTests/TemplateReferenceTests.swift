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

  @Test("Each page's file and every tag of its model stand there, with what it is and what it means")
  func tags() throws {
    let text = try TemplateReference.markdown()
    for part in [
      "## `pages/class.md`", "## `layout.html`",
      "| `rows › cells › works` | a list, a section for each: a [work](#work) | ",
      "| `next` | a section, if there is one: a [link](#link) | ",
      "| `seeds` | a list of texts, each `{{.}}` | the seeds to switch between; empty if there is only one |",
      "| `leftOut` | text, if there is one | ", "| `body` | HTML, written `{{{…}}}` | ",
      "| `hasSeeds` | yes or no, a section | ",
      // Within one template what comes again is described where it came first.
      "| `attacks › lines` | a list, a section for each: as `summary` | ",
    ] { #expect(text.contains(part), "\(part)") }
  }

  @Test("What several templates share stands once, and links lead there")
  func parts() throws {
    let text = try TemplateReference.markdown()
    let lines = text.split(separator: "\n")
    #expect(lines.count { $0.hasPrefix("| `src` |") } == 1)
    #expect(!text.contains("› src`"))
    let links = Set(text.matches(of: /\]\(#([^)]*)\)/).map { String($0.output.1) })
    let headings = lines.filter { $0.hasPrefix("### ") }.map {
      $0.dropFirst(4).lowercased().replacing(" ", with: "-")
    }
    #expect(headings.contains("picture") && headings == headings.sorted())
    // Each link has one heading, and each heading is linked to.
    #expect(links.sorted() == headings)
    #expect(text.contains("### Natural picture\n\nA natural picture or a part of one"))
  }

  @Test("Every tag of every template has a meaning, in a phrase that says more than its name")
  func meanings() throws {
    let survey = ModelSurvey(of: try TemplateReference.templates().map(\.shape))
    #expect(survey.faults == [])
    #expect(survey.models.count > 60)
    for object in survey.models {
      for (name, meaning) in object.model.meanings {
        let words = meaning.lowercased().split(separator: " ").filter { !["a", "an", "the"].contains($0) }
        #expect(words.joined() != name.lowercased(), "\(object.model), \(name)")
        #expect(meaning.first.map { $0.isLowercase || $0 == "`" } == true, "\(object.model), \(name)")
      }
    }
  }

  @Test(
    "A tag without a meaning is told, and a meaning without a tag, an empty one, one that breaks the table")
  func faults() throws {
    let name = String(reflecting: Faulty.self)
    #expect(
      ModelSurvey(of: [try Shape.of(Faulty.self)]).faults == [
        "\(name): \"title\" has no meaning",
        "\(name): the meaning of \"cell\" isn't a phrase in a line, without \"|\" and full stop",
        "\(name): \"gone\" has a meaning, but there is no such tag",
        "\(name): the meaning of \"note\" is empty",
        "\(name): the meaning of \"sentence\" isn't a phrase in a line, without \"|\" and full stop",
      ])
    // Wherever the model is.
    #expect(ModelSurvey(of: [try Shape.of(Outer.self)]).faults.count == 5)
  }

  @Test("A model that several templates show has to be a shared one, with a name of its own")
  func shared() throws {
    let (one, other) = (try Shape.of(One.self), try Shape.of(Other.self))
    #expect(ModelSurvey(of: [one]).faults == [])
    #expect(ModelSurvey(of: [other]).faults == [])
    let survey = ModelSurvey(of: [one, other])
    #expect(
      survey.faults == [
        "\(String(reflecting: Plain.self)): several templates show it, so that it must be a SharedPageModel"
      ])
    #expect(survey.parts.map { $0.part.partName } == ["leaf"])
    #expect(
      ModelSurvey(of: [one, try Shape.of(Twin.self)]).faults == ["two parts are called \"leaf\""])
  }

  @Test("Rows follow the order of the model; inner models follow their section, shared ones are linked to")
  func table() throws {
    let object = try #require(try Shape.of(One.self).object)
    #expect(
      TemplateReference.table(of: object) == """
        | tag | what it is | meaning |
        |---|---|---|
        | `plain` | a section, if there is one | what is plain |
        | `plain › title` | text | what it is called |
        | `again` | a list, a section for each: as `plain` | what is plain again |
        | `leaf` | a section: a [leaf](#leaf) | what hangs on it |
        """)
  }

  @Test("What has names but no meanings can't be in a model")
  func stranger() {
    #expect(throws: ShapeDecoder.Unsupported.self) { try Shape.of(Strange.self) }
  }
}

extension TemplateReferenceTests {
  struct Faulty: PageModel {
    var title: String
    var note: String
    var cell: String
    var sentence: String

    static let meanings: [String: String] = [
      "note": " ", "cell": "this | that", "sentence": "what is said.", "gone": "what was here",
    ]
  }

  struct Outer: PageModel {
    var inner: [Faulty]

    static let meanings: [String: String] = ["inner": "what is within"]
  }

  struct One: PageModel {
    var plain: Plain?
    var again: [Plain]
    var leaf: Leaf

    static let meanings: [String: String] = [
      "plain": "what is plain", "again": "what is plain again", "leaf": "what hangs on it",
    ]
  }

  struct Other: PageModel {
    var plain: Plain
    var leaves: [Leaf]

    static let meanings: [String: String] = ["plain": "what is plain", "leaves": "what hangs on it"]
  }

  struct Plain: PageModel {
    var title: String

    static let meanings: [String: String] = ["title": "what it is called"]
  }

  struct Leaf: SharedPageModel {
    var colour: String

    static let partName = "leaf"
    static let partPurpose = "What hangs on a twig."
    static let meanings: [String: String] = ["colour": "what it looks like"]
  }

  struct Twin: SharedPageModel {
    var colour: String

    static let partName = "leaf"
    static let partPurpose = "What hangs on another twig."
    static let meanings: [String: String] = ["colour": "what it looks like"]
  }

  struct Strange: PageModel {
    var stranger: Stranger

    static let meanings: [String: String] = ["stranger": "what nobody knows"]
  }

  struct Stranger: Codable, Sendable {
    var name: String
  }
}
