import Evaluation

extension EvaluationPage {
  /// How strongly each method's pictures excite the neurons that they show, beside natural patches.
  struct NeuronTable: PageModel {
    var title: String
    var url: String
    var neurons: String
    var rows: [Row]

    struct Row: PageModel {
      var method: String
      var url: String
      var area: String
      /// From 0 to 100, for a drawing.
      var bar: Int
      var difference: String
      var neurons: String
      var pictures: String
    }
  }

  /// A table for each network of which neurons are shown; best method first.
  static func neuronTables(on page: Address, in site: SiteContext) -> [NeuronTable] {
    site.collection.models.compactMap { model in
      let units = site.collection.units.filter {
        $0.model == model.name && $0.target.kind == .channel && !$0.highest.isEmpty
      }
      let rows = site.collection.methods.compactMap { row($0, units, on: page, in: site) }
      guard !rows.isEmpty else { return nil }
      return NeuronTable(
        title: model.title, url: page.link(to: site.address(of: model)),
        neurons: OverviewPage.counted(units.count, "neuron"),
        rows: rows.enumerated().sorted { ($1.element.area, $0.offset) < ($0.element.area, $1.offset) }
          .map(\.element.row))
    }
  }

  private static func row(
    _ method: MethodExhibit, _ units: [UnitExhibit], on page: Address, in site: SiteContext
  ) -> (area: Double, row: NeuronTable.Row)? {
    var pictures = 0
    let scores = units.compactMap { unit -> ConceptSynthesisScore? in
      let made = unit.works.filter { $0.method == method.name }.compactMap(\.result.value)
      pictures += made.count
      return ConceptSynthesisScore(
        synthetic: made.map(\.visualization.activation), natural: unit.highest)
    }
    guard !scores.isEmpty else { return nil }
    let area = scores.reduce(0) { $0 + $1.areaUnderCurve } / Double(scores.count)
    let difference = scores.reduce(0) { $0 + $1.meanDifference } / Double(scores.count)
    return (
      area,
      .init(
        method: method.title, url: page.link(to: site.address(of: method)), area: Format.decimal(area, 3),
        bar: Int((100 * area).rounded()), difference: Format.decimal(difference, 2),
        neurons: Format.count(scores.count), pictures: Format.count(pictures))
    )
  }
}
