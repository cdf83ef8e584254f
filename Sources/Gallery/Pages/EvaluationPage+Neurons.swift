import Evaluation

extension EvaluationPage {
  /// How strongly each method's pictures excite the neurons of a network, beside natural patches.
  struct NeuronTable: PageModel {
    var title: String
    var url: String
    var comparisons: [Comparison]

    static let meanings: [String: String] = [
      "title": "the network's title",
      "url": "the network's page",
      "comparisons":
        "groups of methods over the neurons that all of a group picture, those of most neurons first",
    ]

    /// Methods over neurons that each of them has pictures of; best first.
    struct Comparison: PageModel {
      var neurons: String
      var methods: String?
      var rows: [Row]

      static let meanings: [String: String] = [
        "neurons": "how many neurons each of these methods has pictures of, such as `32 neurons`",
        "methods": "the methods in words, such as `VITAL, MACO and Fourier`; missing if these are all",
        "rows": "the methods, the best first",
      ]
    }

    struct Row: PageModel {
      var method: String
      var url: String
      var area: String
      var bar: Int
      var difference: String
      var pictures: String

      static let meanings: [String: String] = [
        "method": "the method's title",
        "url": "the method's page",
        "area":
          "the chance that a picture excites its neuron more than a natural patch, from 0 to 1, such as `0.874`",
        "bar": "the same from 0 to 100, for a drawing",
        "difference":
          "by how many standard deviations of the patches the pictures' mean lies above theirs, such as `1.62`",
        "pictures": "how many pictures these are means over, such as `96`",
      ]
    }
  }

  /// The tables of each network of which neurons are shown.
  static func neuronTables(on page: Address, in site: SiteContext) -> [NeuronTable] {
    site.collection.models.compactMap { model in
      let units = site.collection.units.filter {
        $0.model == model.name && $0.target.kind == .channel && !$0.highest.isEmpty
      }
      let scores = site.collection.methods.map { MethodScores($0, of: units) }.filter { !$0.byUnit.isEmpty }
      let groups = fairGroups(scores)
      guard !groups.isEmpty else { return nil }
      return NeuronTable(
        title: model.title, url: page.link(to: site.address(of: model)),
        comparisons: groups.map { group in
          NeuronTable.Comparison(
            neurons: OverviewPage.counted(group.units.count, "neuron"),
            methods: group.scores.count < scores.count ? listed(group.scores.map(\.method.title)) : nil,
            rows: rows(of: group.scores, over: group.units, on: page, in: site))
        })
    }
  }

  /// What one method's pictures do to each neuron, by its place in the list.
  private struct MethodScores {
    let method: MethodExhibit
    var byUnit: [Int: (score: ConceptSynthesisScore, pictures: Int)] = [:]

    init(_ method: MethodExhibit, of units: [UnitExhibit]) {
      self.method = method
      for (index, unit) in units.enumerated() {
        let made = unit.works.filter { $0.method == method.name }.compactMap(\.result.value)
        let score = ConceptSynthesisScore(
          synthetic: made.map(\.visualization.activation), natural: unit.highest)
        if let score { byUnit[index] = (score, made.count) }
      }
    }
  }

  /// Groups of methods with the neurons that all of a group have pictures of, the group of most neurons first: methods are
  /// compared over the same ones. A method alone is shown only if there is no other.
  private static func fairGroups(_ scores: [MethodScores]) -> [(scores: [MethodScores], units: Set<Int>)] {
    var groups: [(scores: [MethodScores], units: Set<Int>)] = []
    for count in Set(scores.map(\.byUnit.count)).sorted(by: >) {
      let members = scores.filter { $0.byUnit.count >= count }
      let units = members.dropFirst().reduce(Set(members[0].byUnit.keys)) { $0.intersection($1.byUnit.keys) }
      guard members.count > 1 || scores.count == 1, !units.isEmpty else { continue }
      // More methods over the same neurons say all that fewer do.
      if groups.last?.units == units { groups.removeLast() }
      groups.append((members, units))
    }
    return groups
  }

  private static func rows(
    of scores: [MethodScores], over units: Set<Int>, on page: Address, in site: SiteContext
  ) -> [NeuronTable.Row] {
    let rows = scores.map { one -> (area: Double, row: NeuronTable.Row) in
      let found = units.sorted().compactMap { one.byUnit[$0] }
      let mean = { (value: (ConceptSynthesisScore) -> Double) in
        found.reduce(0) { $0 + value($1.score) } / Double(max(1, found.count))
      }
      let area = mean(\.areaUnderCurve)
      return (
        area,
        NeuronTable.Row(
          method: one.method.title, url: page.link(to: site.address(of: one.method)),
          area: Format.decimal(area, 3), bar: Int((100 * area).rounded()),
          difference: Format.decimal(mean(\.meanDifference), 2),
          pictures: Format.count(found.reduce(0) { $0 + $1.pictures }))
      )
    }
    // Equal ones stay in the exhibition's order.
    return rows.enumerated().sorted { ($1.element.area, $0.offset) < ($0.element.area, $1.offset) }
      .map(\.element.row)
  }

  /// `VITAL, MACO and Fourier`
  private static func listed(_ names: [String]) -> String {
    guard let last = names.last, names.count > 1 else { return names.first ?? "" }
    return names.dropLast().joined(separator: ", ") + " and " + last
  }
}
