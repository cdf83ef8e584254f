import Foundation
import Support
import Testing

@testable import Exhibition

/// Records of made-up jobs.
enum Made {
  static func job(
    _ title: String, kind: Record.Kind = .visualization, of target: Record.Target.Kind = .model,
    inputs: [String] = []
  ) -> Job {
    let recipe = Record.Recipe(
      model: "m", weightsHash: "w", method: "fake", target: Record.Target(kind: target, address: title),
      inputs: inputs, numerics: 1)
    return Job(kind: kind, recipe: recipe, title: title) { "vitrine run --only \($0)" }
  }

  static var payload: Record.Payload { .references(Record.References(pictures: [], searched: 1)) }

  static func record(_ job: Job) -> Record {
    Record(
      identity: job.identity, kind: job.kind, recipe: job.recipe, command: job.command, files: [:],
      seconds: 1.5,
      created: "2026-01-31T12:00:00Z", version: "0", payload: payload)
  }
}

@Suite struct StoreTests {
  let place: Workplace
  let store: Store
  let job = Made.job("one")

  init() throws {
    place = try Workplace()
    store = Store(folder: place.path + "/store")
  }

  func write() throws {
    try store.write(
      Made.record(job), files: ["a.txt": Store.NewFile(Data("hello".utf8)), "b.txt": Store.NewFile(Data())])
  }

  @Test func whatIsWrittenIsFound() throws {
    #expect(store.state(of: job.identity) == .missing)
    try write()
    let record = try #require(store.record(job.identity))
    #expect(record.files["a.txt"]?.bytes == 5)
    #expect(try store.data("a.txt", of: record) == Data("hello".utf8))
    #expect(store.identities() == [job.identity])
    let shelf = job.identity.prefix(2)
    let entry = "\(shelf)/\(job.identity.dropFirst(2))"
    #expect(
      place.files("store") == [
        "\(shelf)", entry, "\(entry)/a.txt", "\(entry)/b.txt", "\(entry)/record.json",
      ])
  }

  @Test func writingTwiceLeavesOneEntry() throws {
    try write()
    try write()
    #expect(store.record(job.identity) != nil)
    #expect(!place.files("store").contains { $0.contains(".tmp-") })
  }

  @Test func damageIsSeen() throws {
    let path = store.path(of: "a.txt", in: job.identity)
    let damages: [(String, () throws -> Void)] = [
      ("missing", { try FileManager.default.removeItem(atPath: path) }),
      ("longer", { try Data("hello!".utf8).write(to: URL(fileURLWithPath: path)) }),
      ("changed", { try Data("jello".utf8).write(to: URL(fileURLWithPath: path)) }),
      (
        "record cut",
        {
          let record = self.store.path(of: "record.json", in: self.job.identity)
          try Data("{".utf8).write(to: URL(fileURLWithPath: record))
        }
      ),
      (
        "record gone",
        {
          try FileManager.default.removeItem(
            atPath: self.store.path(of: "record.json", in: self.job.identity))
        }
      ),
    ]
    for (name, damage) in damages {
      try write()
      #expect(store.record(job.identity) != nil)
      // A file's time must differ from its record's to be seen as younger.
      usleep(20_000)
      try damage()
      guard case .damaged = store.state(of: job.identity) else {
        Issue.record("\(name) was not seen")
        continue
      }
    }
  }

  /// Same length and an old date: only the digest tells.
  @Test func fullScrutinySeesWhatSizesHide() throws {
    try write()
    let path = store.path(of: "a.txt", in: job.identity)
    try Data("jello".utf8).write(to: URL(fileURLWithPath: path))
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: 1_000_000)], ofItemAtPath: path)
    #expect(store.record(job.identity) != nil)
    #expect(store.state(of: job.identity, scrutiny: .full) == .damaged("a.txt has another content"))
    let record = try #require(store.record(job.identity))
    #expect(throws: StoreError.self) { try store.data("a.txt", of: record) }
  }

  @Test func recordsOfOtherJobsAreNotTrusted() throws {
    try write()
    let other = Made.job("two")
    try place.folders("store/\(other.identity.prefix(2))")
    try FileManager.default.copyItem(
      atPath: store.path(of: job.identity), toPath: store.path(of: other.identity))
    #expect(store.state(of: other.identity) == .damaged("its record belongs to another job"))
  }

  /// Looking many jobs up doesn't read their recipes, for which the identities vouch; an entry of another job isn't
  /// taken for it even so.
  @Test func lookedUpJobsHaveTheirRecipes() throws {
    try write()
    let whole = try #require(store.record(job.identity))
    #expect(store.states(of: [job], scrutiny: .quick) == [.done(whole)])
    let other = Made.job("two")
    try place.folders("store/\(other.identity.prefix(2))")
    try FileManager.default.copyItem(
      atPath: store.path(of: job.identity), toPath: store.path(of: other.identity))
    #expect(
      store.states(of: [other, job], scrutiny: .quick)
        == [.damaged("its record belongs to another job"), .done(whole)])
  }

  @Test func leftoversOfTheDeadGo() throws {
    let shelf = "store/ab"
    try place.folders(
      // A process number beyond the kernel's largest belongs to nobody.
      "\(shelf)/cd.tmp-\(Leftover.host)-99999999-1", "\(shelf)/cd.tmp-\(Leftover.host)-\(getpid())-2",
      "\(shelf)/cd.tmp-elsewhere-99999999-3", "\(shelf)/cd.tmp-elsewhere-1-4")
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSinceNow: -100_000)],
      ofItemAtPath: place.path + "/\(shelf)/cd.tmp-elsewhere-1-4")
    #expect(store.removeLeftovers() == 2)
    #expect(place.files(shelf).count == 2)
  }

  @Test func unwritableStoreSaysSoAndKeepsNothing() throws {
    try place.file("store", "a file where the folder should be")
    #expect(throws: FileError.self) { try write() }
    #expect(place.files() == ["store"])
  }

  @Test func recordsSurviveTheirJSON() throws {
    var record = Made.record(job)
    record.recipe.settings = [
      "steps": .number(3), "clip": .flag(true), "w": .numbers([1, 0.5]), "mode": .text("x"),
    ]
    record.recipe.target.source = Record.Target.Source(classIndex: 1, label: "a", reference: 2)
    record.payload = .visualization(
      Record.Visualization(
        picture: "p.png", transparency: nil, activation: 1.25, targetProbability: 0.5, steps: 3,
        snapshots: [.init(step: 1, file: "s.jpg")], trace: [.init(step: 1, loss: 0.1, activation: nil)],
        warnings: ["w"]))
    #expect(try Record(json: record.json()) == record)
    #expect(String(decoding: try record.json(), as: UTF8.self).contains("\"target_probability\" : 0.5"))
  }
}
