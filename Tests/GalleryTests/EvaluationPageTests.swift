import Exhibition
import Testing

@testable import Gallery

@Suite("Pages that compare methods and variants")
struct EvaluationPageTests {
  /// Puts what `change` makes of the pictures of classes in their places.
  private func change(_ fixture: Fixture, _ change: (Work) -> Work?) {
    fixture.collection.classes = fixture.collection.classes.map {
      ClassExhibit(label: $0.label, references: $0.references, works: $0.works.compactMap(change))
    }
  }

  /// What a network says that takes a picture for its class, or doesn't.
  private func judged(by model: String, isRight: Bool) -> Work.Judged {
    Work.Judged(
      model: model,
      judgement: Record.Judgement(
        picture: "", file: "", predictions: [], targetProbability: isRight ? 0.9 : 0.1,
        targetRank: isRight ? 1 : 4))
  }

  @Test("Each variant has its figures, its changes and its pictures; what isn't there is said")
  func ablation() throws {
    let fixture = try Fixture(seeds: [1])
    try fixture.builder().build()
    let page = try fixture.page("ablations/needs/index.html")
    #expect(page.contains("with one thing changed at a time, on 2 classes."))
    for text in ["<code>layers: conv1</code>", "<code>precision: bf16</code>", "Settings as everywhere"] {
      #expect(page.contains(text), "\(text)")
    }
    #expect(page.contains("made by VITAL, seed 1, the stem alone"))
    #expect(page.components(separatedBy: "Not computed yet.").count == 3)
    // A picture through its map isn't the picture itself.
    let rows = page.components(separatedBy: "<section")
    let sources = rows.map { row in
      row.components(separatedBy: "src=\"").dropFirst().map { $0.prefix { $0 != "\"" } }
    }
    #expect(sources[3].count == 2 && Set(sources[3]).isDisjoint(with: sources[1] + sources[2]))
    #expect(try fixture.page("ablations/index.html").contains("4 variants in Residual network"))
    #expect(try fixture.page("records.json").contains("ablations/needs/index.html"))
  }

  @Test("Methods stand in the order in which other networks recognize their pictures")
  func order() throws {
    let fixture = try Fixture()
    // The judge takes only one method's pictures for what they are.
    change(fixture) { work in
      var work = work
      work.judgements = fixture.models.map {
        judged(by: $0, isRight: $0 == work.model || work.method == "vital")
      }
      return work
    }
    try fixture.builder().build()
    let page = try fixture.page("evaluation/index.html")
    let vital = try #require(page.range(of: "methods/vital/")).lowerBound
    let fourier = try #require(page.range(of: "methods/fourier/")).lowerBound
    #expect(vital < fourier)
    #expect(page.contains("100 %") && page.contains("0 %") && page.contains("Few classes are shown here"))
    #expect(page.contains("of 5 classes and 2 seeds"))
    #expect(try fixture.page("index.html").contains("evaluation/index.html"))
  }

  @Test("One picture that every network recognizes doesn't lead before many")
  func fewPictures() throws {
    let fixture = try Fixture()
    let order = fixture.collection.methods.map(\.name)
    let (first, second) = (try #require(order.first), try #require(order.dropFirst().first))
    var isKept = true
    change(fixture) { work in
      guard [first, second].contains(work.method) else { return nil }
      var work = work
      work.judgements = fixture.models.map { judged(by: $0, isRight: true) }
      if work.method == first, work.result.value != nil {
        if !isKept { work.result = .missing(reason: "not yet") }
        isKept = false
      }
      return work
    }
    try fixture.builder().build()
    let page = try fixture.page("evaluation/index.html")
    let few = try #require(page.range(of: "methods/\(first)/")).lowerBound
    let many = try #require(page.range(of: "methods/\(second)/")).lowerBound
    #expect(many < few)
  }

  @Test("Methods are compared over the neurons that each of them has pictures of")
  func fairGroups() throws {
    let fixture = try Fixture(seeds: [1])
    let unit = try #require(fixture.collection.units.first { !$0.highest.isEmpty })
    let all = unit.works.map(\.method)
    try #require(all.count == 3)
    /// The same neuron with pictures of some of the methods.
    func neuron(by methods: [String]) -> UnitExhibit {
      UnitExhibit(
        model: unit.model, target: unit.target, patches: unit.patches, highest: unit.highest,
        works: unit.works.filter { methods.contains($0.method) })
    }
    let pair = Array(all.prefix(2))
    for (units, wanted) in [
      ([neuron(by: all), neuron(by: pair), neuron(by: [all[0]])], [[2, 2], [1, 3]]),
      ([neuron(by: all), neuron(by: all)], [[2, 3]]),
      ([neuron(by: [all[0]])], [[1, 1]]),
      // No neuron has two methods.
      ([neuron(by: [all[0]]), neuron(by: [all[1]])], []),
    ] as [([UnitExhibit], [[Int]])] {
      fixture.collection.units = units
      let site = SiteContext(collection: fixture.collection, media: Media())
      let tables = EvaluationPage.neuronTables(on: .folder("evaluation"), in: site)
      let groups = tables.flatMap(\.comparisons).map { [Int($0.neurons.prefix(1)) ?? 1, $0.rows.count] }
      #expect(groups == wanted)
    }
    fixture.collection.units = [neuron(by: all), neuron(by: pair), neuron(by: [all[0]])]
    let site = SiteContext(collection: fixture.collection, media: Media())
    let table = try #require(EvaluationPage.neuronTables(on: .folder("evaluation"), in: site).first)
    let titles = pair.compactMap { site.collection.method($0)?.title }
    #expect(table.comparisons.map(\.methods) == [titles.joined(separator: " and "), nil])
    // 11.27 lies above all of 1.2, 1.1, 1 and 0.9.
    #expect(table.comparisons[0].rows.allSatisfy { $0.area == "1.000" && $0.pictures == "2" })
  }

  @Test func recognition() {
    let missing = Work(
      model: "a", method: "m", seed: 0, target: .init(kind: .classLogit, address: "class:0"),
      result: .missing(reason: "no"))
    let nothing = Recognition([missing], by: "a")
    #expect(nothing.text == "–" && nothing.share == nil && nothing.probability == nil)
  }
}
