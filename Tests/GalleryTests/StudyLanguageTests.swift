import Exhibition
import Foundation
import Study
import Testing

@testable import Gallery

/// A study in another language shows none of the English words.
@Suite struct StudyLanguageTests {
  /// Every word stands in angle brackets, places included; what the author writes has no letters.
  @Test func nothingIsLeftInEnglish() throws {
    let fixture = try Fixture(seeds: [1])
    let study = fixture.collection.studies[0]
    var definition = study.definition
    definition.language = "de"
    (definition.title, definition.isSimulated) = ("1", true)
    definition.texts = StudyTexts(
      welcome: "2", consent: "3", instructions: "4", debrief: "5",
      interface: StudyWords.english.mapValues { "‹\($0)›" })
    func numbered(_ questions: [FormQuestion]) -> [FormQuestion] {
      questions.map { question in
        FormQuestion(
          name: question.name, text: "6",
          choices: question.choices.map { .init(value: $0.value, label: "7") },
          right: question.right)
      }
    }
    definition.comprehension = numbered(definition.comprehension)
    definition.demographics = numbered(definition.demographics)
    for part in definition.parts.indices {
      (definition.parts[part].title, definition.parts[part].question) = ("8", "9")
      definition.parts[part].scale = .init(low: "10", high: "11")
      for item in definition.parts[part].items.indices { definition.parts[part].items[item].word = "12" }
      for item in definition.parts[part].practice.indices {
        definition.parts[part].practice[item].word = "12"
      }
      for item in definition.parts[part].catches.indices { definition.parts[part].catches[item].word = "12" }
    }
    fixture.collection.studies = [
      try StudyExhibit(
        definition: definition, plan: try StudyPlan.make(for: definition, participants: 1, seed: 1),
        pictures: study.pictures, collection: .here)
    ]
    try fixture.builder().build()
    let folder = fixture.output + "/studies/first"
    let pages = try #require(FileManager.default.enumerator(atPath: folder)).compactMap { $0 as? String }
      .filter { $0.hasSuffix(".html") }
    #expect(pages.count > 10)
    for page in pages {
      let text = try String(contentsOfFile: folder + "/" + page, encoding: .utf8)
      #expect(text.contains("<html lang=\"de\">"))
      let elements = HTMLElement.all(text)
      let body = elements.firstIndex { $0.name == "body" } ?? 0
      let shown = elements[(body + 1)...].flatMap { element in
        [element.textBefore]
          + ["alt", "aria-label", "title", "placeholder"].compactMap { element.attributes[$0] }
      }
      for words in shown {
        let rest = words.replacing(#/‹[^›]*›/#, with: "").replacing(#/&#?\w+;/#, with: "")
        #expect(rest.filter(\.isLetter).isEmpty, "\(page): \(rest)")
      }
    }
  }

  /// What scripts say stands in the page.
  @Test func scriptsHaveTheirWordsFromThePage() throws {
    let partial = try String(
      contentsOfFile: Fixture.templates + "/partials/study-words.html", encoding: .utf8)
    let scripts = try FileManager.default.contentsOfDirectory(atPath: Fixture.templates + "/assets")
      .filter { $0.hasPrefix("study") && $0.hasSuffix(".js") }
    #expect(scripts.count == 5)
    for script in scripts {
      let text = try String(contentsOfFile: Fixture.templates + "/assets/" + script, encoding: .utf8)
      for use in text.matches(of: #/\bword\("(\w+)"/#) {
        #expect(partial.contains("data-word=\"\(use.output.1)\""), "\(script) says \(use.output.1)")
      }
    }
  }
}
