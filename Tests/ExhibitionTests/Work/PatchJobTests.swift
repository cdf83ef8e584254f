import Foundation
import Synchronization
import Testing

@testable import Exhibition

/// Jobs that look for the patches that excite a unit.
@Suite struct PatchJobTests {
  let place: PlanPlace

  init() throws {
    place = try PlanPlace()
    for name in ["mushroom", "tiger"] {
      for number in 0..<3 {
        let path = "\(place.path)/references/\(name)/\(number).jpg"
        try FileManager.default.removeItem(atPath: path)
        let demo = (PlanPlace.demo as NSString).deletingLastPathComponent + "/../references"
        try FileManager.default.copyItem(atPath: "\(demo)/\(name)/00\(number).jpg", toPath: path)
      }
    }
  }

  private func run(_ text: String, only kind: Record.Kind, threads: Int = 2) throws -> [Record] {
    let planner = Planner(exhibition: try place.exhibition(text), store: place.store)
    let jobs = try planner.plan().jobs.filter { $0.kind == kind && $0.recipe.target.kind != .classLogit }
    let workshop = ExhibitionWorkshop(planner)
    let next = Atomic(0)
    let failure = Mutex<(any Error)?>(nil)
    Crew.run(count: threads) { [store = place.store] in
      let worker = workshop.makeWorker()
      while case let index = next.wrappingAdd(1, ordering: .relaxed).oldValue, index < jobs.count {
        do {
          let artifact = try worker.perform(jobs[index], threads: 1) { _ in }
          let record = Record(
            identity: jobs[index].identity, kind: kind, recipe: jobs[index].recipe, command: "", files: [:],
            seconds: 0, created: "", version: "", payload: artifact.payload)
          try store.write(record, files: artifact.files)
        } catch { failure.withLock { $0 = error } }
      }
    }
    if let error = failure.withLock({ $0 }) { throw error }
    return try jobs.map { try #require(place.store.record($0.identity)) }
  }

  private var caches: [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: place.path + "/store/cache/patches")) ?? []
  }

  @Test func unitsOfALayerShareOnePass() throws {
    let records = try run(
      PlanPlace.base + """
        units:
          - {unit: "layer3:5", methods: fourier}
          - {unit: "layer3:6", methods: fourier}
          - {unit: "layer3.1:7", methods: fourier}
          - {unit: "layer3:5@2,3", methods: fourier}
        """, only: .references)
    #expect(records.count == 4)
    // One for the layer, whatever it is called, and one for the single position.
    #expect(caches.count == 2)
    let found = try #require(records[0].references)
    #expect(found.pictures.count == 6 && found.regions.count == 6 && found.searched == 6)
    #expect(found.lowest?.map(\.source) == found.pictures.reversed().map(\.source))
    #expect(found.lowest?.map(\.score) == found.pictures.reversed().map(\.score))
    #expect(records[0].files.keys.filter { $0.hasPrefix("lowest-") }.count == 6)
    let figures = try #require(found.figures)
    #expect(figures.count == 6 && figures.skipped == 0 && figures.histogram.counts.reduce(0, +) == 6)
    #expect(Set(figures.classes.map(\.label)) == ["mushroom", "tiger"])
    let scores = found.pictures.compactMap(\.score)
    #expect(abs(figures.mean - scores.reduce(0, +) / 6) < 1e-6)
    // A unit that comes later needs no pass.
    let later = try run(
      PlanPlace.base + "units: {unit: \"layer3:9\", methods: fourier}", only: .references)
    #expect(later.count == 1 && caches.count == 2)
  }

  @Test func olderRecordsAreRead() throws {
    let old = #"{"pictures":[],"regions":[],"searched":3}"#
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let references = try decoder.decode(Record.References.self, from: Data(old.utf8))
    #expect(references.figures == nil && references.lowest == nil && references.searched == 3)
  }
}
