import Checkpoints
import Foundation
import Testing

@testable import Exhibition

/// Directions that an author gives, as jobs.
@Suite struct ConceptJobTests {
  let place: PlanPlace

  init() throws {
    place = try PlanPlace()
    let demo = (PlanPlace.demo as NSString).deletingLastPathComponent + "/../references"
    for name in ["mushroom", "tiger"] {
      for number in 0..<3 {
        let path = "\(place.path)/references/\(name)/\(number).jpg"
        try FileManager.default.removeItem(atPath: path)
        try FileManager.default.copyItem(atPath: "\(demo)/\(name)/00\(number).jpg", toPath: path)
      }
    }
  }

  private func give(_ channels: [Int], of count: Int) throws {
    let rows = channels.flatMap { channel in (0..<count).map { Float($0 == channel ? 1 : 0) } }
    try NumpyWriter.data(rows, shape: [channels.count, count])
      .write(to: URL(fileURLWithPath: place.path + "/mine.npy"))
  }

  private func perform(_ job: Job, _ planner: Planner) throws -> Record {
    let artifact = try ExhibitionWorkshop(planner).makeWorker().perform(job, threads: 1) { _ in }
    let record = Record(
      identity: job.identity, kind: job.kind, recipe: job.recipe, command: "", files: [:], seconds: 0,
      created: "",
      version: "", payload: artifact.payload)
    try place.store.write(record, files: artifact.files)
    return record
  }

  private func jobs(_ text: String) throws -> (Planner, [Job]) {
    let planner = Planner(exhibition: try place.exhibition(text), store: place.store)
    return (planner, try planner.plan().jobs)
  }

  @Test func aFilesDirectionsHavePatchesMapsAndPictures() throws {
    try give([5, 9], of: 64)
    let text =
      PlanPlace.base
      + "concepts: [{name: mine, model: net, layer: layer3, file: mine.npy, methods: [fourier, vital]}]\n"
    let (planner, first) = try jobs(text)
    let concept = try #require(first.first { $0.kind == .concept })
    let found = try #require(try perform(concept, planner).concept)
    #expect(found.origin == .file && found.layer == "layer3.1" && found.classIndex == nil)
    #expect(found.directions.map { $0.weights.firstIndex(of: 1) } == [5, 9])
    #expect(found.directions.allSatisfy { $0.patches.count == 6 && $0.regions?.count == 6 })
    #expect(found.directions[0].figures?.count == 6 && found.directions[0].figures?.classes.count == 2)
    #expect(found.directions[0].patches.allSatisfy { $0.source.contains("/") })
    let (later, all) = try jobs(text)
    let pictures = all.filter { $0.kind == .visualization && $0.recipe.target.kind == .direction }
    #expect(pictures.count == 4 && pictures.allSatisfy { $0.recipe.inputs == [concept.identity] })
    let maps = try #require(all.first { $0.kind == .attribution && $0.recipe.target.kind == .direction })
    let made = try #require(try perform(maps, later).conceptMaps)
    #expect(made.maps.map(\.direction) == [0, 0, 0, 0, 1, 1, 1, 1])
    #expect(made.maps.allSatisfy { $0.greatest >= 0 } && made.maps.contains { $0.greatest > 0 })
  }

  @Test func aDifferenceTellsItsSidesApart() throws {
    let text =
      PlanPlace.base
        + """
        concepts:
          - {name: tigerish, model: net, layer: layer4, with: references/tiger, without: references/mushroom, methods: fourier}
        """
    let (planner, all) = try jobs(text)
    let job = try #require(all.first { $0.kind == .concept })
    let found = try #require(try perform(job, planner).concept)
    #expect(found.origin == .difference && found.toldApart == 1 && found.directions.count == 1)
    #expect(found.directions[0].figures?.classes.first?.label == "tiger")
    #expect(found.directions[0].patches.first?.source.hasPrefix("tiger/") == true)
  }

  /// Another content is another job; the name of the file isn't asked.
  @Test func identityFollowsTheContent() throws {
    let text =
      PlanPlace.base
      + "concepts: [{name: mine, model: net, layer: layer3, file: mine.npy, methods: fourier}]\n"
    func identity() throws -> String { try #require(try jobs(text).1.first { $0.kind == .concept }).identity }
    try give([5], of: 64)
    let one = try identity()
    try give([6], of: 64)
    let other = try identity()
    try give([5], of: 64)
    let again = try identity()
    #expect(one != other && again == one)
  }

  @Test func mistakesAreToldWhereTheyAre() throws {
    try give([5], of: 32)
    try place.place.file("broken.npy", "no numbers")
    let faults = place.faults(
      PlanPlace.base
        + """
        concepts:
          - {name: a, model: net, layer: layer3, file: mine.npy, methods: fourier}
          - {name: b, model: net, layer: layr3, file: mine.npy, methods: fourier}
          - {name: c, model: net, layer: layer3, file: broken.npy, methods: fourier}
        """)
    #expect(faults.count == 3)
    #expect(
      faults[0].hasPrefix("exhibition.yaml:6:")
        && faults[0].contains("have 32 weights, but layer3 has 64 channels"))
    #expect(faults[1].contains("no layer \"layr3\"; did you mean \"layer3\"?"))
    #expect(faults[2].hasPrefix("exhibition.yaml:8:") && faults[2].contains("broken.npy"))
  }
}
