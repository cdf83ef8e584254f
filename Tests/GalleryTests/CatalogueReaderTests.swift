import Exhibition
import Foundation
import Testing

@testable import Gallery

@Suite("What the site shows of an exhibition")
struct CatalogueReaderTests {
  @Test("A unit that is also a circuit's channel has the pictures of both, and every link leads somewhere")
  func unitThatIsAChannel() throws {
    let place = try ExhibitionPlace()
    try place.write(
      "exhibition.yaml",
      """
      models: net
      references: references
      classes: [mushroom, tiger]
      methods: [vital, fourier, activation-maximization]
      units: [{unit: "layer4:5", methods: [activation-maximization]}]
      circuits:
        - {name: one, class: tiger, channels: 2, methods: [fourier]}
        - {name: two, class: mushroom, channels: 2, methods: [vital]}
      """)
    let channels = { (numbers: [Int]) in
      numbers.map {
        Record.Circuit.Channel(
          address: "layer4:\($0)", layer: "layer4", channel: $0, relevance: 1, spread: 0, share: 0.2,
          patches: [])
      }
    }
    for job in try place.plan().jobs where job.kind == .circuit {
      let numbers = job.title.hasSuffix("one") ? [5, 7] : [7, 5]
      try place.finish(
        job,
        .circuit(
          .init(
            classIndex: 0, label: "tiger", rules: "epsilon-plus", layers: ["layer4"], pictures: 1,
            channels: channels(numbers), edges: [], outcomes: [])))
    }
    // The build itself checks all links.
    try place.builder().build()
    let collection = try Collection(
      catalogue: Catalogue(exhibition: place.exhibition(), store: place.store))
    #expect(collection.units.map(\.target.address) == ["layer4:5", "layer4:7"])
    #expect(collection.units[0].works.map(\.method) == ["vital", "fourier", "activation-maximization"])
    #expect(collection.units[1].works.map(\.method) == ["vital", "fourier"])
    let page = try place.page("units/net/layer4/5/index.html")
    for method in ["vital", "fourier", "activation-maximization"] {
      #expect(page.contains("net-\(method)-0/index.html"))
      _ = try place.page("units/net/layer4/5/net-\(method)-0/index.html")
    }
    #expect(page.contains("circuits/one/") && page.contains("circuits/two/"))
  }

  @Test("A class that a model doesn't know is left out for it, and both pages say so")
  func otherLabels() throws {
    let place = try ExhibitionPlace(models: ["net", "judge"])
    let labels = try String(contentsOfFile: place.folder + "/models/judge/labels.txt", encoding: .utf8)
    try place.write("models/judge/labels.txt", labels.replacingOccurrences(of: "tiger", with: "lynx"))
    try place.write(
      "exhibition.yaml",
      """
      models: [net, {name: judge, title: The judge}]
      references: references
      classes: [mushroom, tiger]
      methods: [fourier]
      """)
    let summary = try place.builder().build()
    // Two mushrooms and one tiger aren't made yet; the judge's tiger is no gap.
    #expect(summary.gaps == 3)
    #expect(try place.page("models/judge/index.html").contains("because it doesn't know them: tiger."))
    #expect(try !place.page("models/net/index.html").contains("doesn't know"))
    let tiger = try place.page("classes/tiger/index.html")
    #expect(tiger.contains("unknown to it: The judge."))
    #expect(!tiger.contains("judge-fourier"))
    #expect(try place.page("classes/mushroom/judge-fourier-0/index.html").contains("The judge"))
  }

  @Test("A judge has a page, but no pictures, and says what it sees in those of others")
  func judge() throws {
    let place = try ExhibitionPlace(models: ["net", "judge"])
    try place.write(
      "exhibition.yaml",
      """
      models: [net, {name: judge, role: judge}]
      references: references
      classes: [mushroom, tiger]
      methods: [fourier]
      """)
    let jobs = try place.plan().jobs
    #expect(jobs.filter { $0.kind == .visualization }.allSatisfy { $0.recipe.model == "net" })
    #expect(jobs.filter { $0.recipe.target.kind == .picture && $0.recipe.model == "judge" }.count == 2)
    #expect(try place.builder().build().gaps == 2)
    let page = try place.page("models/judge/index.html")
    #expect(page.contains("here as a judge") && !page.contains("A picture of each class"))
    #expect(try !place.page("classes/tiger/index.html").contains("judge-fourier"))
  }
}
