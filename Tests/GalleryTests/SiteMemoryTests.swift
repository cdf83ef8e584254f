import Exhibition
import Foundation
import Imaging
import Support
import Testing

@testable import Gallery

@Suite("A site that is built again")
struct SiteMemoryTests {
  let place: ExhibitionPlace

  /// A site with one finished picture, larger than cards are, so that a smaller one is made.
  init() throws {
    place = try ExhibitionPlace()
    try FileManager.default.createDirectory(
      atPath: place.folder + "/pages", withIntermediateDirectories: true)
    try place.write("pages/about.md", "---\ntitle: About\n---\nText.\n")
    try place.write("exhibition.yaml", Self.text)
    let key = Job.Key(
      kind: .visualization, model: "net", subject: .classNamed("tiger"), method: "fourier", seed: 0)
    let picture = Image(width: 400, height: 400, channels: 3, filledWith: 0.5)
    try place.finish(
      try #require(try place.plan()[key]),
      .visualization(
        .init(
          picture: "picture.png", transparency: nil, activation: 1, targetProbability: 0.5, steps: 3,
          snapshots: [],
          trace: [])),
      files: ["picture.png": Store.NewFile(try picture.pngData(text: []), width: 400, height: 400)])
  }

  static let text = """
    models: net
    references: references
    classes: [mushroom, tiger]
    methods: [fourier]

    """

  func snapshot() throws -> [String: Data] {
    var files: [String: Data] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: place.output) {
      if let data = try? Data(contentsOf: URL(fileURLWithPath: place.output + "/" + name)) {
        files[name] = data
      }
    }
    return files
  }

  @Test("Without a change it is recognized, and says the same")
  func unchanged() throws {
    #expect(try place.builder().standing() == nil)
    let first = try place.builder().build()
    let standing = try #require(try place.builder().standing())
    #expect(standing.written == 0 && standing.removed == 0)
    #expect(standing.unchanged == first.written)
    #expect(standing.pages == first.pages)
    #expect(standing.gaps == 1 && !standing.isWhole)
    // Another site of the same store is another matter.
    #expect(try place.builder(output: place.folder + "/other").standing() == nil)
  }

  @Test("Whatever goes in is noticed")
  func inputs() throws {
    let manager = FileManager.default
    let folder = place.folder
    let labels = try String(contentsOfFile: folder + "/models/net/labels.txt", encoding: .utf8)
    let changes: [(String, () throws -> Void)] = [
      ("configuration", { try place.write("exhibition.yaml", "title: Another\n" + Self.text) }),
      ("page", { try place.write("pages/about.md", "---\ntitle: About\n---\nOther words.\n") }),
      ("new page", { try place.write("pages/more.md", "---\ntitle: More\n---\nText.\n") }),
      ("page gone", { try manager.removeItem(atPath: folder + "/pages/more.md") }),
      ("reference", { try place.write("references/tiger/0.jpg", "another picture") }),
      ("new reference", { try place.write("references/tiger/1.jpg", "one more") }),
      (
        "label",
        { try place.write("models/net/labels.txt", labels.replacingOccurrences(of: "zebra", with: "okapi")) }
      ),
      (
        "finished job",
        {
          let job = try #require(try place.plan().jobs.first { $0.kind == .references })
          try place.finish(job, .references(.init(pictures: [], searched: 1)))
        }
      ),
      (
        "lost result",
        {
          let job = try #require(try place.plan().jobs.first { $0.kind == .references })
          try manager.removeItem(atPath: place.store.path(of: job.identity))
        }
      ),
    ]
    try place.builder().build()
    for (name, change) in changes {
      #expect(try place.builder().standing() != nil, "before \(name)")
      try change()
      #expect(try place.builder().standing() == nil, "\(name)")
      try place.builder().build()
    }
  }

  @Test("What was damaged, edited or removed in the site is mended, and nothing else is written")
  func outputs() throws {
    try place.builder().build()
    let good = try snapshot()
    let card = try #require(good.keys.first { $0.hasSuffix("-320.jpg") })
    let media = try #require(good.keys.first { $0.hasPrefix("media/") && $0.hasSuffix(".png") })
    let write = { (name: String, data: Data) in
      try data.write(to: URL(fileURLWithPath: place.output + "/" + name))
    }
    for name in ["index.html", "assets/gallery.css", card, media, "records.json", ".vitrine-files"] {
      let data = try #require(good[name])
      // Cut, changed at the same length, and gone.
      for damage: Data? in [Data(data.dropLast()), Data(repeating: 32, count: data.count), nil] {
        if let damage {
          try write(name, damage)
        } else {
          try FileManager.default.removeItem(atPath: place.output + "/" + name)
        }
        #expect(try place.builder().standing() == nil, "\(name)")
        let summary = try place.builder().build()
        if name != ".vitrine-files" { #expect(summary.written == 1, "\(name)") }
        #expect(try snapshot() == good, "\(name)")
        #expect(try place.builder().standing() != nil, "\(name)")
      }
    }
  }

  @Test("A memory that is lost or damaged costs only time")
  func lostMemory() throws {
    try place.builder().build()
    let cache = place.folder + "/store/cache"
    let name = try #require(
      try FileManager.default.contentsOfDirectory(atPath: cache).first { $0.hasPrefix("site-") })
    let good = try String(contentsOfFile: cache + "/" + name, encoding: .utf8)
    for text in [
      "", "vitrine-site 1\n", String(good.prefix(good.count / 2)), "vitrine-site 1\na\n{}\n99 1\n", "\u{0}",
    ] {
      try Data(text.utf8).write(to: URL(fileURLWithPath: cache + "/" + name))
      _ = try place.builder().standing()
      #expect(try place.builder().build().written == 0)
      #expect(try place.builder().standing() != nil)
    }
  }

  @Test("What was edited while the site was being built is looked at again")
  func editedMeanwhile() throws {
    let start = FileStatus.Time.now
    try place.write("pages/about.md", "---\ntitle: About\n---\nNew words.\n")
    let builder = SiteBuilder(
      exhibition: try place.exhibition(), store: place.store, templates: [Fixture.templates],
      output: place.output,
      readAfter: start)
    try builder.build()
    #expect(builder.standing() == nil)
  }
}
