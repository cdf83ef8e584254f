import Exhibition
import Study

/// The page of a study, in which a script shows a participant one screen after the other.
enum StudyPage: PageKind {
  static let template = "pages/study"

  struct Model: PageModel {
    var name: String
    var title: String
    var hash: String
    var language: String
    var isSimulated: Bool
    /// Below which address answers are taken.
    var collect: String?
    var postTo: String?
    /// How many assignments there are.
    var rows: Int
    var resume: String
    /// Names in the link that are handed on.
    var passed: String
    /// Whether it works without scripts.
    var hasForms: Bool
    /// Where the way without scripts begins, with `{row}` for the assignment.
    var formsNext: String
    var welcome: HTML
    var consent: HTML
    var instructions: HTML
    var debrief: HTML
    var consentHash: String
    var comprehension: [Question]
    var hasComprehension: Bool
    var demographics: [Question]
    var hasDemographics: Bool
    var parts: [Part]
    var words: StudyWords

    struct Question: SharedPageModel {
      var name: String
      var text: String
      /// The name of its fields, which no other question of the page has.
      var field: String
      var choices: [Choice]
      var isRequired: Bool
    }

    struct Choice: PageModel {
      var id: String
      var value: String
      var label: String
    }

    struct Part: PageModel {
      var name: String
      var number: Int
      var title: String
      var question: String
      var isRating: Bool
      var isWord: Bool
      var isChoice: Bool
      var low: String
      var high: String
    }
  }

  static func pages(in site: SiteContext, templates: TemplateLibrary) throws -> [SitePage] {
    try site.collection.studies.map { study in
      let definition = study.definition
      var page = SitePage(
        address: site.address(of: study), title: study.title, kind: "study", description: study.title,
        body: try templates.page(template, model(of: study, in: site)))
      page.frame = .bare(language: definition.language, origins: study.origins)
      return page
    }
  }

  private static func model(of study: StudyExhibit, in site: SiteContext) -> Model {
    let definition = study.definition
    func html(_ text: String) -> HTML { HTML(Markdown.html(authored: text)) }
    return Model(
      name: study.name, title: study.title, hash: study.hash, language: definition.language,
      isSimulated: definition.isSimulated, collect: study.collect, postTo: study.postAddress,
      rows: study.plan.rows.count, resume: definition.resume.rawValue,
      passed: definition.completion.passed.joined(separator: " "), hasForms: study.hasForms,
      formsNext: study.hasForms ? StudyScreenPage.link(study, row: "{row}", screen: 1, in: site) : "",
      welcome: html(definition.texts.welcome), consent: html(definition.texts.consent),
      instructions: html(definition.texts.instructions), debrief: html(definition.texts.debrief),
      consentHash: definition.consentHash,
      comprehension: questions(definition.comprehension, of: .comprehension),
      hasComprehension: !definition.comprehension.isEmpty,
      demographics: questions(definition.demographics, of: .demographics),
      hasDemographics: !definition.demographics.isEmpty,
      parts: definition.parts.enumerated().map { index, part in
        .init(
          name: part.name, number: index + 1, title: part.title, question: part.question,
          isRating: part.task == .rating, isWord: part.task == .word, isChoice: part.task == .choice,
          low: part.scale.low, high: part.scale.high)
      }, words: StudyWords(definition.texts.interface))
  }

  /// The questions of a form. On a page of their own their fields have the questions' own names.
  static func questions(
    _ questions: [FormQuestion], of form: StudyForm, isAlone: Bool = false
  ) -> [Model.Question] {
    questions.map { question in
      .init(
        name: question.name, text: question.text,
        field: isAlone ? question.name : "\(form.rawValue)-\(question.name)",
        choices: question.choices.enumerated().map { index, choice in
          .init(
            id: "\(form.rawValue)-\(question.name)-\(index + 1)", value: choice.value, label: choice.label)
        }, isRequired: form == .comprehension)
    }
  }
}

extension StudyExhibit {
  /// Below which address answers are taken; `nil` if nothing takes them.
  var collect: String? {
    switch collection {
    case .file: nil
    case .here: "/collect/\(name)"
    case .at(let address): "\(address)/collect/\(name)"
    }
  }

  /// Plain forms lead from the collector back to the pages, so that both must be of one server.
  var hasForms: Bool { collection == .here }

  /// Origins beside the page's own that it talks to.
  var origins: [String] {
    var addresses: [String] = []
    if case .at(let address) = collection { addresses.append(address) }
    if let postAddress { addresses.append(postAddress) }
    return addresses.compactMap { address in
      let parts = address.split(separator: "/", omittingEmptySubsequences: false)
      return parts.count >= 3 ? parts[..<3].joined(separator: "/") : nil
    }
  }
}
