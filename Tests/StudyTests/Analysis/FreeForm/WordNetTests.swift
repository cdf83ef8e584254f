import Foundation
import Testing

@testable import Study

/// The real files, which `make test` installs; read once.
enum InstalledWordNet {
  static let result = Result { try WordNet() }
  static func get() throws -> WordNet { try result.get() }
}

@Suite struct WordNetTests {
  private struct Golden: Decodable {
    let senses: [[Double]]
    let words: [Word]
    let lemmas: [String: [String]]

    struct Word: Decodable {
      let first, second: String
      let similarity: Double

      init(from decoder: any Decoder) throws {
        var fields = try decoder.unkeyedContainer()
        first = try fields.decode(String.self)
        second = try fields.decode(String.self)
        similarity = try fields.decode(Double.self)
      }
    }
  }

  private let golden: Golden

  init() throws {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../../Fixtures/study/wordnet.json").standardized
    golden = try JSONDecoder().decode(Golden.self, from: Data(contentsOf: path))
  }

  @Test func sensesAsNLTK() throws {
    let wordNet = try InstalledWordNet.get()
    let places = Dictionary(uniqueKeysWithValues: wordNet.offsets.enumerated().map { ($1, $0) })
    for row in golden.senses {
      let (a, b) = (try #require(places[Int(row[0])]), try #require(places[Int(row[1])]))
      #expect(
        agree(wordNet.similarity(a, b), row[2], within: 1e-12), "\(wordNet.names[a]), \(wordNet.names[b])")
    }
  }

  @Test func wordsAsNLTK() throws {
    let wordNet = try InstalledWordNet.get()
    for word in golden.words {
      #expect(
        agree(wordNet.similarity(word.first, word.second), word.similarity, within: 1e-12),
        "\(word.first), \(word.second)")
    }
    #expect(wordNet.similarity("zebra", "xyzzy") == nil && wordNet.similarity("dog", "dog") == 1)
  }

  @Test func lemmasAsNLTK() throws {
    let wordNet = try InstalledWordNet.get()
    for (form, lemmas) in golden.lemmas { #expect(wordNet.lemmas(form) == lemmas) }
  }

  @Test func missingFiles() {
    #expect(
      throws: StudyError.malformed(
        place: "/nowhere/data.noun",
        reason: "No such file or directory; WordNet 3.0 comes with Debian's package wordnet-base, "
          + "or name the folder that holds its files")
    ) { try WordNet(folder: "/nowhere") }
  }

  /// A small dictionary, and every way in which it can be wrong.
  @Test func damagedFiles() throws {
    let files = [
      "data.noun": """
        1 licence
      00000010 03 n 01 thing 0 000 | all
      00000020 03 n 02 animal 0 beast 0 001 @ 00000010 n 0000 | alive
      00000030 03 n 01 Dog 0 002 @ 00000020 n 0000 ~ 00000020 n 0000 | barks

      """,
      "index.noun":
        "  1 licence\nanimal n 1 1 @ 1 1 00000020\ndog n 1 1 @ 1 1 00000030\nthing n 1 0 1 0 00000010\n",
      "index.verb": "", "index.adj": "", "index.adv": "", "noun.exc": "dogges dog\n",
    ]
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("wordnet-\(UUID())").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    func read(_ change: (inout [String: String]) -> Void) throws -> WordNet {
      try? FileManager.default.removeItem(atPath: folder)
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      var files = files
      change(&files)
      for (name, text) in files { try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/" + name)) }
      return try WordNet(folder: folder)
    }
    func fault(_ name: String, _ old: String, _ new: String) -> String? {
      do {
        _ = try read { $0[name] = $0[name]?.replacing(old, with: new) }
        return nil
      } catch {
        return "\(error)".replacing(folder + "/", with: "")
      }
    }
    let whole = try read { _ in }
    #expect(
      whole.similarity("dog", "animal") == 0.8 && whole.names == ["thing.n.01", "animal.n.01", "dog.n.01"])
    #expect(whole.lemmas("dogges") == ["dog"])
    #expect(
      fault("data.noun", "@ 00000010", "@ 00000011")
        == "data.noun:3: points to a sense that isn't in the file")
    #expect(
      fault("data.noun", "thing 0 000", "thing 0 001 @ 00000030 n 0000")?.contains("more general") == true)
    #expect(fault("data.noun", "n 02 animal", "n 99 animal") == "data.noun:3: field 311 should be a number")
    #expect(fault("data.noun", "0 002 @", "0 900 @") == "data.noun:4: the line is too short")
    #expect(fault("data.noun", "00000030 03", "00000020 03") == "data.noun:4: the offset 20 occurs twice")
    #expect(fault("data.noun", "n 01 thing", "n -1 thing")?.hasPrefix("data.noun:2") == true)
    #expect(fault("data.noun", "n 01 thing", "n 99999999 thing")?.hasPrefix("data.noun:2") == true)
    #expect(fault("index.noun", "00000030", "00000031")?.hasPrefix("index.noun:3: points") == true)
    #expect(fault("index.noun", "dog n 1 1", "dog n 1 99999999") == "index.noun:3: the line is too short")
    #expect(fault("index.noun", "dog n 1 1", "dog") != nil)
  }
}
