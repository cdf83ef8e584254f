import Foundation
import Testing

@testable import Models

/// CLIP's tokenizer against OpenAI's, as open_clip has it (tools/golden_clip.py).
@Suite struct CLIPTokenizerTests {
  private struct Sample: Decodable {
    let text: String
    let tokens: [Int]
  }

  /// The vocabulary that comes with Vitrine.
  static let merges = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../content/clip/merges.txt").standardized.path
  static let shipped = Result { try BytePairVocabulary.read(merges, count: 49408) }

  /// The samples of the fixture.
  private static func samples() throws -> [Sample] {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../Fixtures/clip/tokens.json").standardized
    return try JSONDecoder().decode([Sample].self, from: Data(contentsOf: path))
  }

  @Test func everySampleIsReadAsOpenAIReadsIt() throws {
    let samples = try Self.samples()
    #expect(samples.count > 70)
    let tokenizer = CLIPTokenizer(try Self.shipped.get(), context: 1000)
    for sample in samples {
      #expect(try tokenizer.tokens(of: [sample.text]) == [sample.tokens], "\(sample.text.debugDescription)")
    }
    #expect(try tokenizer.tokens(of: samples.map(\.text)) == samples.map(\.tokens))
  }

  @Test func longCaptionsAreRefusedOrCut() throws {
    let tokenizer = CLIPTokenizer(try Self.shipped.get())
    let fits = Array(repeating: "dog", count: 75).joined(separator: " ")
    #expect(try tokenizer.tokens(of: [fits])[0].count == 77)
    expectError(containing: "the caption \"dog dog", "has 78 tokens; CLIP reads 77") {
      _ = try tokenizer.tokens(of: [fits + " cat"])
    }
    let cut = try tokenizer.tokens(of: [fits + " cat"], truncating: true)[0]
    #expect(cut == (try tokenizer.tokens(of: [fits])[0]))
    let endless = String(repeating: "x", count: 5000)
    expectError(containing: "has 5000 bytes; at most 4096 can be read") {
      _ = try tokenizer.tokens(of: [endless], truncating: true)
    }
    // The longest that is read takes no time to speak of.
    let longest = String(repeating: "ab", count: 2048)
    #expect(try tokenizer.tokens(of: [longest], truncating: true)[0].count == 77)
  }

  @Test(
    "Character references",
    arguments: [
      ("&amp;&lt;&gt;&quot;&apos;", "&<>\"'"), ("&notit; &ampere", "¬it; &ere"), ("&#65;&#x42;&#X43", "ABC"),
      ("&#0;&#xD800;&#x110000;&#99999999999999999999;", "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}"),
      ("&#128;&#150;", "€–"),
      ("&#1;&#xFDD0;&#x1FFFE;", ""), ("&#129;", "\u{81}"), ("&;&#;&#x;& &", "&;&#;&#x;& &"),
      ("&lang;&rang;&hearts;", "⟨⟩♥"), ("&unknown;", "&unknown;"), ("&COPY;&REG", "©®"),
      ("&eacute&eacute;", "éé"),
    ])
  func references(text: String, expected: String) {
    #expect(CharacterReferences.replaced(in: text) == expected)
  }

  @Test func vocabulariesOfEveryFileAgree() throws {
    let merges = try String(contentsOfFile: Self.merges, encoding: .utf8)
    let lines = merges.split(separator: "\n").dropFirst().map(String.init)
    let shipped = try Self.shipped.get()
    let folder = try TemporaryFolder()
    // OpenAI's own has more merges than are used.
    let long = try folder.write(
      "\"bpe_simple_vocab_16e6.txt#version: 0.2\n" + (lines + ["a b", "c d"]).joined(separator: "\r\n"),
      "long.txt")
    let sample = ["the quick brown fox, naïve & 12 🐯"]
    let expected = try CLIPTokenizer(shipped).tokens(of: sample)
    #expect(try CLIPTokenizer(.read(long, count: 49408)).tokens(of: sample) == expected)

    let listed = try listing(lines)
    for merges in [
      lines.map { "\"\(Self.escaped($0))\"" },
      lines.map { line in
        "[" + line.split(separator: " ").map { "\"\(Self.escaped(String($0)))\"" }.joined(separator: ",")
          + "]"
      },
    ] {
      let path = try folder.write(
        "{\"version\":\"1.0\",\"model\":{\"type\":\"BPE\",\"vocab\":\(listed),\"merges\":[\(merges.joined(separator: ","))]}}",
        "tokenizer.json")
      #expect(try CLIPTokenizer(.read(path, count: 49408)).tokens(of: sample) == expected)
    }
    try folder.write(listed, "vocab.json")
    let path = try folder.write(merges, "merges.txt")
    #expect(try CLIPTokenizer(.read(path, count: 49408)).tokens(of: sample) == expected)
    // What lies beside the checkpoint goes before what comes with Vitrine.
    #expect(
      try BytePairVocabulary.path(beside: folder.path("clip.safetensors")) == folder.path("tokenizer.json"))
    try FileManager.default.removeItem(atPath: folder.path("tokenizer.json"))
    #expect(try BytePairVocabulary.path(beside: folder.path("clip.safetensors")) == path)
  }

  @Test func packedVocabulariesAreRead() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("bpe_simple_vocab_16e6.txt.gz")
    try Self.gzip(Self.merges, to: path)
    #expect(try BytePairVocabulary.read(path, count: 49408).count == 49408)
    var data = try Data(contentsOf: URL(fileURLWithPath: path))
    let whole = data
    data[data.count / 2] ^= 0x55
    try data.write(to: URL(fileURLWithPath: path))
    expectError(containing: "can't be unpacked: it is damaged") {
      _ = try BytePairVocabulary.read(path, count: 49408)
    }
    try whole.prefix(1000).write(to: URL(fileURLWithPath: path))
    expectError(containing: path) { _ = try BytePairVocabulary.read(path, count: 49408) }
    // A size that is a lie, and one that is a bomb's.
    for (size, message) in [(UInt32(17), "damaged"), (UInt32.max, "at most")] {
      try (whole.dropLast(4) + Data(CheckpointFile.littleEndian(size))).write(to: URL(fileURLWithPath: path))
      expectError(containing: message) { _ = try BytePairVocabulary.read(path, count: 49408) }
    }
    try Data([0x1F, 0x8B]).write(to: URL(fileURLWithPath: path))
    expectError(containing: "isn't packed by gzip") { _ = try BytePairVocabulary.read(path, count: 49408) }
  }

  @Test(
    "Hostile lists of merges",
    arguments: [
      ("#version: 0.2\ni n\nt h\n", 49408, "has 516 symbols, but the checkpoint embeds 49408"),
      ("#version: 0.2\ni n\nt\n", 516, ":3: not two symbols"),
      ("#version: 0.2\ni n\nt h e\n", 516, ":3: not two symbols"),
      ("#version: 0.2\ni n\n\nt h\n", 517, ":3: not two symbols"),
      ("#version: 0.2\ni n\nt  h\n", 516, "not two symbols"),
      ("#version: 0.2\ni n\nti on\n", 516, ":3: the symbol \"ti\" is missing"),
      ("#version: 0.2\ni n\ni n\n", 516, "aren't numbered from 0"), ("", 514, ""), ("", 3, "has 514 symbols"),
      (String(repeating: "a", count: 17 << 20), 49408, "at most"),
    ])
  func hostileMerges(text: String, count: Int, message: String) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(text, "merges.txt")
    guard !message.isEmpty else {
      #expect(try BytePairVocabulary.read(path, count: count).count == count)
      return
    }
    expectError(containing: path, message) { _ = try BytePairVocabulary.read(path, count: count) }
  }

  @Test func mergesThatAreNoTextAreRefused() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(Data([0x69, 0x20, 0xFF, 0xFE, 0x0A]), "merges.txt")
    expectError(containing: "isn't text in UTF-8") { _ = try BytePairVocabulary.read(path, count: 515) }
  }

  @Test(
    "Hostile vocabularies in JSON",
    arguments: [
      ("[]", "isn't a vocabulary"), ("{\"a\": \"b\"}", "isn't a vocabulary"),
      ("{\"a\": 1.5}", "isn't a vocabulary"),
      ("{\"a\": 0}", "the symbol \"<|startoftext|>\" is missing"),
      ("{\"a\": 5}", "aren't numbered from 0 to 0"),
      ("{\"a\": -1}", "aren't numbered"), ("{\"a\": 0, \"b\": 0}", "aren't numbered"),
      ("{\"<|startoftext|>\": 0, \"<|endoftext|>\": 1}", "is missing"),
      ("{\"a\": 123456789012345678901234567890}", "isn't a vocabulary"), ("{", "isn't a vocabulary"),
      (String(repeating: "{\"a\":", count: 50_000), "isn't a vocabulary"),
    ])
  func hostileIdentifiers(text: String, message: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(text, "vocab.json")
    let path = try folder.write("#version: 0.2\ni n\n", "merges.txt")
    expectError(containing: message) { _ = try BytePairVocabulary.read(path, count: 515) }
  }

  @Test(
    "Hostile tokenizers",
    arguments: [
      ("{\"model\": {\"vocab\": {}, \"merges\": []}}", "is missing"),
      ("{\"model\": {\"vocab\": {}}}", "isn't a vocabulary"),
      ("{\"model\": {\"type\": \"Unigram\", \"vocab\": [[\"a\", 0.5]]}}", "isn't a vocabulary"),
      ("{}", "isn't a vocabulary"),
      ("{\"model\": {\"vocab\": {}, \"merges\": [\"a\"]}}", "merge 0 isn't two symbols"),
      ("{\"model\": {\"vocab\": {}, \"merges\": [[\"a\", \"b\", \"c\"]]}}", "merge 0 isn't two symbols"),
      ("{\"model\": {\"vocab\": {}, \"merges\": [7]}}", "isn't a vocabulary"),
    ])
  func hostileTokenizers(text: String, message: String) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(text, "tokenizer.json")
    expectError(containing: path, message) { _ = try BytePairVocabulary.read(path, count: 515) }
  }

  /// Hugging Face's list of symbols, for merges in OpenAI's order.
  private func listing(_ lines: [String]) throws -> String {
    let printable = Array(33...126) + Array(161...172) + Array(174...255)
    let others = (0..<(256 - printable.count)).map { 256 + $0 }
    let bytes = (printable + others).compactMap { Unicode.Scalar($0).map { String($0) } }
    let symbols =
      bytes + bytes.map { $0 + "</w>" } + lines.map { $0.replacingOccurrences(of: " ", with: "") }
      + ["<|startoftext|>", "<|endoftext|>"]
    return "{" + symbols.enumerated().map { "\"\(Self.escaped($1))\":\($0)" }.joined(separator: ",") + "}"
  }

  private static func escaped(_ text: String) -> String {
    text.replacingOccurrences(of: "\\", with: "\\\\").replacingOccurrences(of: "\"", with: "\\\"")
  }

  /// Packs a file as gzip does.
  private static func gzip(_ path: String, to packed: String) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "gzip -9 -n < \"$0\" > \"$1\"", path, packed]
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }
}
