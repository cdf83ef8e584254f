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
        people: people(analysis), steps: steps(analysis), demographics: demographics(analysis, study),
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

  // MARK: People

  private static func people(_ analysis: StudyAnalysis) -> [DrawingModel] {
    let begun = Double(max(1, analysis.participation.begun))
    let rows = analysis.participation.steps.map {
      IntervalChart.Row(name: $0.name, value: Double($0.ended) / begun, interval: nil)
    }
    guard !rows.isEmpty else { return [] }
    let caption = "Share of participants who answered all of each step"
    return [
      DrawingModel(svg: IntervalChart(title: caption, rows: rows, range: 0...1).svg, caption: caption)
    ]
  }

  private static func steps(_ analysis: StudyAnalysis) -> TableModel {
    TableModel(
      "How far participants came", ["step", "came to it", "answered all of it"],
      analysis.participation.steps.map { ($0.name, [Format.count($0.begun), Format.count($0.ended)]) })
  }

  private static func demographics(_ analysis: StudyAnalysis, _ study: StudyExhibit) -> [TableModel] {
    analysis.participation.demographics.map { question in
      let written = study.definition.demographics.first { $0.name == question.name }
      let sum = max(1, question.answers.reduce(0) { $0 + $1.count })
      return TableModel(
        written?.text ?? question.name, ["answer", "participants", "share"],
        question.answers.map { answer in
          (
            written?.choices.first { $0.value == answer.value }?.label ?? answer.value,
            [Format.count(answer.count), Format.percent(Double(answer.count) / Double(sum))]
          )
        })
    }
  }

  // MARK: Exclusions

  private static func exclusionNote(_ analysis: StudyAnalysis) -> String {
    let declared = Exclusion.Rule.allCases.compactMap { rule in
      analysis.rules.limit(of: rule).map { "\(words(rule)) \(limit($0, rule))" }
    }
    guard !declared.isEmpty else { return "The study declares no rule by which participants are left out." }
    return "Declared before the study: left out is who has \(declared.joined(separator: ", or "))."
  }

  private static func exclusions(_ analysis: StudyAnalysis) -> TableModel? {
    guard !analysis.exclusions.isEmpty else { return nil }
    return TableModel(
      "Who is left out", ["participant", "why"],
      analysis.exclusions.map { exclusion in
        let reasons = exclusion.reasons.map { reason in
          words(reason.rule) + (reason.limit.map { " \(limit($0, reason.rule))" } ?? "")
            + (reason.found.map { " (\(value($0, reason.rule)))" } ?? "")
        }
        return (exclusion.participant, [reasons.joined(separator: "; ")])
      })
  }

  private static func thresholds(_ analysis: StudyAnalysis, _ part: StudyResultsPart) -> TableModel? {
    guard !analysis.thresholds.isEmpty else { return nil }
    let columns = analysis.parts.flatMap { result in
      result.methods.map { "\(result.title): \(part.title(ofMethod: $0.method))" }
    }
    return TableModel(
      "What other limits would have done: mean scores", ["rule", "limit", "left out"] + columns,
      analysis.thresholds.map { effect in
        let limit = effect.limit.map { value($0, effect.rule) } ?? "none"
        let means = effect.parts.flatMap(\.means).map { $0.map { Format.decimal($0, 2) } ?? "–" }
        return (
          words(effect.rule),
          [effect.isDeclared ? "\(limit) (declared)" : limit, Format.count(effect.excluded)] + means
        )
      })
  }

  private static func words(_ rule: Exclusion.Rule) -> String {
    switch rule {
    case .catchShare: "fewer right catch trials than"
    case .shortest: "taken less time than"
    case .longest: "taken more time than"
    case .sameValue: "a share of equal ratings above"
    case .incomplete: "main trials without an answer"
    }
  }

  private static func limit(_ limit: Double, _ rule: Exclusion.Rule) -> String {
    rule == .incomplete ? "" : value(limit, rule)
  }

  private static func value(_ value: Double, _ rule: Exclusion.Rule) -> String {
    switch rule {
    case .catchShare, .sameValue: Format.percent(value)
    case .shortest, .longest: Format.seconds(value)
    case .incomplete: value == 0 ? "no" : "yes"
    }
  }
}
