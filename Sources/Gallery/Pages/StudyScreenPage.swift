import Exhibition
import Foundation
import Study

/// A screen of a study for browsers without scripts: a plain form that leads to the next.
enum StudyScreenPage: PageKind {
  static let template = "pages/study-screen"

  struct Model: PageModel {
    /// Where the form goes.
    var action: String
    var hash: String
    var trialID: String
    /// Which page comes next.
    var next: String
    var number: Int
    var count: Int
    /// Both in words.
    var place: String
    /// The study's title.
    var title: String
    var heading: String
    var part: String?
    var question: String?
    var isSimulated: Bool
    var isPractice: Bool
    /// What would have been right in the practice before.
    var note: String?
    var instructions: HTML?
    var consent: HTML?
    var consentHash: String
    var questions: [StudyPage.Model.Question]
    var word: String?
    var references: [Shown]
    var hasReferences: Bool
    var ratings: [Rating]
    var hasRatings: Bool
    var isWord: Bool
    var wordPicture: PictureModel?
    var choice: Choice?
    var low: String
    var high: String
    /// Whether it ends the study.
    var isLast: Bool
    var words: StudyWords

    struct Shown: PageModel {
      var picture: PictureModel
    }

    struct Rating: PageModel {
      var letter: String
      var field: String
      var picture: PictureModel
      var choices: [Option]
    }

    struct Option: PageModel {
      var id: String
      var value: String
    }

    struct Choice: PageModel {
      var most: [Shown]
      var least: [Shown]
      var queries: [Query]
      var confidences: [Option]
    }

    struct Query: PageModel {
      var letter: String
      var value: String
      var id: String
      var picture: PictureModel
    }
  }

  static func pages(in site: SiteContext, templates: TemplateLibrary) throws -> [SitePage] {
    try site.collection.studies.filter(\.hasForms).flatMap { study in
      try study.plan.rows.flatMap { row in
        try StudyScreens(study, row, in: site).models.enumerated().map { index, model in
          var page = SitePage(
            address: address(study, row: String(row.number), screen: index + 1), title: study.title,
            kind: "study-screen", description: study.title, body: try templates.page(template, model))
          page.frame = .bare(language: study.definition.language, origins: [])
          return page
        }
      }
    }
  }

  static func address(_ study: StudyExhibit, row: String, screen: Int) -> Address {
    Address("studies/\(study.name)/rows/\(row)/\(screen).html")
  }

  /// The address of a screen from the server's root, for the collector to lead there.
  static func link(_ study: StudyExhibit, row: String, screen: Int, in site: SiteContext) -> String {
    site.rootPath + address(study, row: row, screen: screen).path
  }
}

/// What comes after the study without scripts.
enum StudyThanksPage: PageKind {
  static let template = "pages/study-thanks"

  struct Model: PageModel {
    var title: String
    var debrief: HTML
    var isSimulated: Bool
    /// Below which address answers can be withdrawn.
    var collect: String?
    /// Always, for who has scripts gets no such page.
    var hasForms = true
    var words: StudyWords
  }

  static func address(_ study: StudyExhibit) -> Address { .folder("studies", study.name, "thanks") }

  static func pages(in site: SiteContext, templates: TemplateLibrary) throws -> [SitePage] {
    try site.collection.studies.filter(\.hasForms).map { study in
      let model = Model(
        title: study.title, debrief: HTML(Markdown.html(authored: study.definition.texts.debrief)),
        isSimulated: study.definition.isSimulated, collect: study.collect,
        words: StudyWords(study.definition.texts.interface))
      var page = SitePage(
        address: address(study), title: study.title, kind: "study-thanks", description: study.title,
        body: try templates.page(template, model))
      page.frame = .bare(language: study.definition.language, origins: [])
      return page
    }
  }
}

extension SiteContext {
  /// The site's folder from its server's root, with slashes at both ends.
  var rootPath: String {
    guard let base = collection.site.base, let path = URL(string: base)?.path(), !path.isEmpty else {
      return "/"
    }
    return path.hasSuffix("/") ? path : path + "/"
  }
}
