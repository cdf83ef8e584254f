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

    static let meanings: [String: String] = [
      "title": "the study's title",
      "isSimulated": "whether the answers are of a simulation, which the page has to say",
      "studyURL": "the page that participants see",
      "facts": "how many took part and were left out, how long it took, and the study's digest",
      "parts": "the parts, in the order in which they were shown",
      "people": "how far participants came and what they told of themselves, as drawings",
      "steps": "how far participants came",
      "demographics": "what participants told of themselves, a table for each question",
      "exclusions": "who is left out and why; missing if nobody is",
      "exclusionNote": "by which rules participants are left out, in a sentence",
      "thresholds": "what other limits of those rules would have done; missing if none were tried",
      "files": "the files of the results, by their names",
    ]

    /// A part of the study.
    struct Part: PageModel {
      var id: String
      var title: String
      var lead: String
      var drawings: [DrawingModel]
      var summary: TableModel
      var test: String
      var pairs: TableModel?
      var facts: [FactModel]
      var targets: [Target]
      var hasTargets: Bool
      var targetTable: TableModel?
      var answers: TableModel?
      var everyone: TableModel?

      static let meanings: [String: String] = [
        "id": "an `id` for the section, such as `part-ratings`",
        "title": "what participants read above it",
        "lead": "what the scores are, in a sentence",
        "drawings": "the scores by method",
        "summary": "the figures of each method over all targets",
        "test": "what the test over all methods says, or why there is none",
        "pairs": "the methods in pairs; missing if there are none",
        "facts": "how much participants agree with each other, and with themselves if they were asked twice",
        "targets":
          "the two hardest and the two easiest targets, the hardest first; all if there are four at most",
        "hasTargets": "whether there are such targets",
        "targetTable": "all targets with their scores, the hardest first; missing without results by target",
        "answers": "what was written most; missing if no words were scored",
        "everyone": "the figures with everybody; missing if nobody is left out",
      ]
    }

    /// A target with its pictures and what they scored.
    struct Target: PageModel {
      var name: String
      var note: String
      var pictures: [Shown]

      static let meanings: [String: String] = [
        "name": "the class or the address of the neuron",
        "note": "how hard it is among the others, and its mean score",
        "pictures": "the first picture of it by each method",
      ]
    }

    struct Shown: PageModel {
      var picture: PictureModel
      var method: String
      var score: String

      static let meanings: [String: String] = [
        "picture": "the picture, 320 pixels a side at most",
        "method": "the title of its method, or `natural pictures`",
        "score": "the method's mean score for the target, such as `3.42`; a dash if it has none",
      ]
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
