import Study

/// The results of a study.
enum StudyResultsPage: PageKind {
  static let template = "pages/study-results"

  struct Model: PageModel {
    var title: String
    var isSimulated: Bool
    var studyURL: String
    var facts: [FactModel]
    var parts: [Part]
    var people: [DrawingModel]
    var steps: TableModel
    var demographics: [TableModel]
    var exclusions: TableModel?
    var exclusionNote: String
    var thresholds: TableModel?
    var files: [LinkModel]

    /// A part of the study.
    struct Part: PageModel {
      var id: String
      var title: String
      var lead: String
      var drawings: [DrawingModel]
      var summary: TableModel
      /// What the test over all methods says.
      var test: String
      var pairs: TableModel?
      var facts: [FactModel]
      var targets: [Target]
      var hasTargets: Bool
      var targetTable: TableModel?
      var answers: TableModel?
      /// The results with everybody, where somebody is left out.
      var everyone: TableModel?
    }

    /// A target with its pictures and what they scored.
    struct Target: PageModel {
      var name: String
      var note: String
      var pictures: [Shown]
    }

    struct Shown: PageModel {
      var picture: PictureModel
      var method: String
      var score: String
    }
  }

  static func address(_ study: StudyExhibit) -> Address { .folder("studies", study.name, "results") }

  static func pages(in site: SiteContext, templates: TemplateLibrary) throws -> [SitePage] {
    try site.collection.studies.compactMap { study in
      guard let analysis = study.analysis else { return nil }
      let page = address(study)
      let part = StudyResultsPart(study, on: page, in: site)
      let everyone = Dictionary(analysis.everyone.map { ($0.name, $0) }, uniquingKeysWith: { a, _ in a })
      let model = Model(
        title: study.title, isSimulated: analysis.outline.isSimulated,
        studyURL: page.link(to: site.address(of: study)), facts: facts(analysis, study),
        parts: analysis.parts.map {
          part.model($0, everyone: analysis.exclusions.isEmpty ? nil : everyone[$0.name])
        },
        people: people(analysis, study), steps: steps(analysis, study),
        demographics: demographics(analysis, study),
        exclusions: exclusions(analysis), exclusionNote: exclusionNote(analysis),
        thresholds: thresholds(analysis, part),
        files: study.files.keys.sorted().map {
          LinkModel(url: page.link(to: Address("studies/\(study.name)/results/\($0)")), text: $0)
        })
      return SitePage(
        address: page, title: "Results: \(study.title)", kind: "study-results",
        description: "What \(analysis.participation.begun) participants answered.",
        body: try templates.page(template, model), crumbs: [])
    }
  }

  private static func facts(_ analysis: StudyAnalysis, _ study: StudyExhibit) -> [FactModel] {
    let participation = analysis.participation
    var facts = [
      FactModel(name: "Participants", value: Format.count(participation.begun)),
      FactModel(name: "To the end", value: participation.complete.map(Format.count) ?? "not known"),
      FactModel(name: "Left out", value: Format.count(analysis.exclusions.count)),
      FactModel(name: "Answers", value: Format.count(analysis.rows)),
    ]
    if let seconds = participation.medianSeconds {
      facts.append(FactModel(name: "Median duration", value: Format.seconds(seconds)))
    }
    facts.append(FactModel(name: "Study hash", value: String(study.hash.prefix(16))))
    return facts
  }
}
