import Foundation
import Imaging
import Study
import Testing

@testable import Gallery

/// Nothing that a participant's browser gets tells which method made a picture.
@Suite struct BlindnessTests {
  private let fixture: Fixture
  private let folder: String
  private let study: StudyExhibit

  init() throws {
    fixture = try Fixture(seeds: [1])
    try fixture.builder().build()
    folder = fixture.output + "/studies/first"
    study = fixture.collection.studies[0]
  }

  private func files(_ kind: String) throws -> [String] {
    let all = try #require(FileManager.default.enumerator(atPath: folder)).compactMap { $0 as? String }
    // The results are for readers, after the study.
    return all.filter { $0.hasSuffix(kind) && !$0.hasPrefix("results/") }.sorted()
  }

  @Test func markupAndScripts() throws {
    let texts = try files(".html") + files(".js")
    #expect(texts.count == 1 + 1 + 4 + study.plan.rows.reduce(0) { $0 + $1.trials.count + 4 })
    for file in texts {
      let text = try String(contentsOfFile: folder + "/" + file, encoding: .utf8)
      for method in [
        "fourier", "vital", "activation-maximization", "natural-other", "catch", "media/", "classes/",
      ] {
        #expect(!text.lowercased().contains(method), "\(file) tells \(method)")
      }
      for digest in study.pictures.keys {
        #expect(!text.contains(digest.prefix(16)), "\(file) tells a digest")
      }
    }
  }

  /// Pixels and nothing else: files of one size have equally many bytes, so that loading takes equally long.
  @Test func pictures() throws {
    let names = try files(".png")
    #expect(names.count == study.pictures.count)
    var sizes: Set<Int> = []
    for name in names {
      let data = try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name))
      sizes.insert(data.count)
      #expect(name.wholeMatch(of: /stimuli\/[0-9a-f]{16}\.png/) != nil)
      var chunks: [String] = []
      var offset = 8
      while offset + 8 <= data.count {
        let length = data[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) }
        chunks.append(String(decoding: data[offset + 4..<offset + 8], as: UTF8.self))
        offset += 12 + length
      }
      #expect(Set(chunks) == ["IHDR", "IDAT", "IEND"])
    }
    #expect(sizes.count == 1)
    let site = SiteContext(collection: fixture.collection, media: Media())
    for stored in study.pictures.values {
      let served = site.media.blindedAddress(of: stored, study: "first", seed: 7)
      #expect(try Image.read(fixture.output + "/" + served.path).pixels == Image.read(stored.path).pixels)
    }
  }

  /// A server tells when a file was written; pictures that came later than others had other times.
  @Test func timesOfFiles() throws {
    func times() throws -> Set<Date> {
      try Set(
        files(".png").map { name in
          let attributes = try FileManager.default.attributesOfItem(atPath: folder + "/" + name)
          return try #require(attributes[.modificationDate] as? Date)
        })
    }
    let expected: Set = [Date(timeIntervalSince1970: 946_684_800)]
    #expect(try times() == expected)
    let removed = try #require(files(".png").first)
    try FileManager.default.removeItem(atPath: folder + "/" + removed)
    try fixture.builder().build()
    #expect(try files(".png").contains(removed))
    #expect(try times() == expected)
  }

  /// Over many seeds the names of two methods' pictures are as often in one order as in the other.
  @Test func namesAreShuffled() throws {
    let stimuli = study.definition.parts[0].items[0].stimuli
    let pair = try stimuli.prefix(2).map { try #require(study.pictures[$0.pictures[0]]) }
    var first = 0
    for seed in 0..<400 as Range<UInt64> {
      let media = Media()
      let names = pair.map { media.blindedAddress(of: $0, study: "first", seed: seed) }
      if names[0] < names[1] { first += 1 }
    }
    // Five standard deviations.
    #expect(abs(first - 200) < 50)
  }

  /// Each method stands at each place equally often.
  @Test func placesAreBalanced() throws {
    let plan = try StudyPlan.make(for: study.definition, participants: 60, seed: 3)
    var counts: [[String]: Int] = [:]
    for trial in plan.rows.flatMap(\.trials) where trial.part == "words" && trial.kind == .main {
      for (place, method) in trial.methods.enumerated() { counts[[method, String(place)], default: 0] += 1 }
    }
    #expect(counts.count == 9 && Set(counts.values) == [60])
  }

  /// Catch trials and repeats look like all others.
  @Test func kindsAreHidden() throws {
    for row in study.plan.rows {
      let script = try String(contentsOfFile: folder + "/rows/\(row.number).js", encoding: .utf8)
      let json = script.dropFirst("vitrineStudy(".count).dropLast(3)
      let object = try #require(
        try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
      let trials = try #require(object["trials"] as? [[String: Any]])
      #expect(trials.count == row.trials.count)
      let known: Set = [
        "id", "part", "word", "pictures", "opposites", "queries", "width", "height", "references",
      ]
      for (trial, planned) in zip(trials, row.trials) {
        let extra = Set(trial.keys).subtracting(known)
        #expect(planned.kind == .practice ? extra == ["practice", "right"] : extra.isEmpty)
      }
    }
  }
}
