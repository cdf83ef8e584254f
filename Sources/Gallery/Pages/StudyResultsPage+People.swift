import Study

/// Who answered, and how far they came.
extension StudyResultsPage {
  static func people(_ analysis: StudyAnalysis, _ study: StudyExhibit) -> [DrawingModel] {
    let begun = analysis.participation.begun
    var charts: [ShareChart] = []
    if !analysis.participation.steps.isEmpty {
      charts.append(
        ShareChart(
          title: "Share of participants who answered all of each step",
          rows: analysis.participation.steps.map { .init(name: title(of: $0.name, study), count: $0.ended) },
          sum: begun))
    }
    charts += analysis.participation.demographics.map { question in
      let rows = bands(question, study, of: begun)
      return ShareChart(title: text(of: question, study), rows: rows, sum: begun)
    }
    return charts.map { DrawingModel(svg: $0.svg, caption: $0.title) }
  }

  static func steps(_ analysis: StudyAnalysis, _ study: StudyExhibit) -> TableModel {
    TableModel(
      "How far participants came", ["step", "came to it", "answered all of it"],
      analysis.participation.steps.map {
        (title(of: $0.name, study), [Format.count($0.begun), Format.count($0.ended)])
      })
  }

  static func demographics(_ analysis: StudyAnalysis, _ study: StudyExhibit) -> [TableModel] {
    let begun = analysis.participation.begun
    return analysis.participation.demographics.map { question in
      TableModel(
        text(of: question, study), ["answer", "participants", "share"],
        bands(question, study, of: begun).map { row in
          (row.name, [Format.count(row.count), Format.percent(Double(row.count) / Double(max(1, begun)))])
        })
    }
  }

  /// The answers in the order in which they were offered, chosen or not, then how many left the question out.
  private static func bands(
    _ question: Participation.Question, _ study: StudyExhibit, of begun: Int
  ) -> [ShareChart.Row] {
    let counts = Dictionary(question.answers.map { ($0.value, $0.count) }, uniquingKeysWith: +)
    let choices =
      study.definition.demographics.first { $0.name == question.name }?.choices
      ?? question.answers.map { .init(value: $0.value, label: $0.value) }
    let rows = choices.map { ShareChart.Row(name: $0.label, count: counts[$0.value] ?? 0) }
    let silent = begun - counts.values.reduce(0, +)
    return rows + (silent > 0 ? [.init(name: "no answer", count: silent)] : [])
  }

  private static func text(of question: Participation.Question, _ study: StudyExhibit) -> String {
    study.definition.demographics.first { $0.name == question.name }?.text ?? question.name
  }

  /// What participants read above a step; forms have no titles of their own.
  private static func title(of step: String, _ study: StudyExhibit) -> String {
    switch StudyForm(rawValue: step) {
    case .consent: "Consent"
    case .comprehension: "Check of the instructions"
    case .demographics: "About the person"
    case nil: study.definition.parts.first { $0.name == step }?.title ?? step
    }
  }
}
