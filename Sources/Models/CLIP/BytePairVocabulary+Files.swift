import Checkpoints
import Foundation
import Support

extension BytePairVocabulary {
  /// The files that a vocabulary is found in beside a checkpoint, the first first: Hugging Face's, then OpenAI's.
  static let usualFiles = [
    "tokenizer.json", "merges.txt", "bpe_simple_vocab_16e6.txt.gz", "bpe_simple_vocab_16e6.txt",
  ]
  /// The list of symbols that goes with Hugging Face's merges.
  static let listFile = "vocab.json"
  /// A longer vocabulary is none; OpenAI's list has 3 MB.
  private static let greatestSize = 16 << 20

  /// The file beside a checkpoint, else the one that Vitrine brings with it. Throws ``ModelError``.
  static func path(beside checkpoint: String) throws(ModelError) -> String {
    let folder = ModelPath.folder(of: checkpoint)
    let files = usualFiles.map { (folder as NSString).appendingPathComponent($0) }
    if let file = files.first(where: { FileManager.default.fileExists(atPath: $0) }) { return file }
    guard let shipped = ProgramFolder.containing("merges.txt", in: ["share/vitrine/clip", "content/clip"])
    else {
      throw .text(
        path: folder, line: 0, column: 0,
        reason: """
          no vocabulary lies here, and Vitrine's own, content/clip, isn't beside the program: put merges.txt and \
          vocab.json, or bpe_simple_vocab_16e6.txt.gz, beside the checkpoint
          """)
    }
    return shipped + "/merges.txt"
  }

  /// A vocabulary of a file: `tokenizer.json`; a list of merges with `vocab.json` beside it or without; the same packed
  /// by gzip. `count` is how many symbols the checkpoint embeds. Throws ``ModelError``.
  public static func read(_ path: String, count: Int) throws(ModelError) -> BytePairVocabulary {
    let vocabulary: BytePairVocabulary
    switch path {
    case _ where path.hasSuffix(".json"): vocabulary = try readTokenizer(path)
    case _ where path.hasSuffix(".gz"):
      let text: String
      do { text = try GzipFile.text(path, limit: greatestSize) } catch { throw .reading(error) }
      vocabulary = try readMerges(text, path, count: count)
    default: vocabulary = try readMerges(try TextFile.read(path, limit: greatestSize), path, count: count)
    }
    guard vocabulary.count == count else {
      throw fault(
        path, "has \(vocabulary.count) symbols, but the checkpoint embeds \(count): it is another network's")
    }
    return vocabulary
  }

  private static func readMerges(
    _ text: String, _ path: String, count: Int
  ) throws(ModelError) -> BytePairVocabulary {
    var lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { line in
      Substring(line.last == UInt8(ascii: "\r") ? line.dropLast() : line)
    }
    while lines.last?.isEmpty == true { lines.removeLast() }
    // The first line is a comment with a version.
    let first =
      lines.first?.hasPrefix("#version") == true || lines.first?.contains("bpe_simple_vocab") == true ? 1 : 0
    let identifiers = try files(of: path).dropFirst().first.map { (file) throws(ModelError) in
      try decode([String: Int].self, file)
    }
    // OpenAI's file has five times the merges that CLIP uses: bytes and special marks take the rest of its symbols.
    let wanted = max(0, count - 2 * 256 - 2)
    let used = identifiers == nil ? lines.dropFirst(first).prefix(wanted) : lines.dropFirst(first)
    var merges: [(left: Substring, right: Substring)] = []
    merges.reserveCapacity(used.count)
    for (index, line) in used.enumerated() {
      guard let merge = pair(line) else {
        throw .text(
          path: path, line: index + first + 1, column: 0, reason: "not two symbols with a space between")
      }
      merges.append(merge)
    }
    return try make(merges, identifiers, path, firstLine: first + 1)
  }

  /// The files that a vocabulary is read from: its own, and the list of symbols that goes with one of merges.
  static func files(of path: String) -> [String] {
    let list = (ModelPath.folder(of: path) as NSString).appendingPathComponent(listFile)
    let hasList = path.hasSuffix("merges.txt") && FileManager.default.fileExists(atPath: list)
    return hasList ? [path, list] : [path]
  }

  private static func readTokenizer(_ path: String) throws(ModelError) -> BytePairVocabulary {
    let model = try decode(Tokenizer.self, path).model
    var merges: [(left: Substring, right: Substring)] = []
    merges.reserveCapacity(model.merges.count)
    for (index, merge) in model.merges.enumerated() {
      guard let pair = merge.pair else { throw fault(path, "merge \(index) isn't two symbols") }
      merges.append(pair)
    }
    return try make(merges, model.vocab, path, firstLine: nil)
  }

  private static func make(
    _ merges: [(left: Substring, right: Substring)], _ identifiers: [String: Int]?, _ path: String,
    firstLine: Int?
  ) throws(ModelError) -> BytePairVocabulary {
    do {
      return try BytePairVocabulary(merges: merges, identifiers: identifiers)
    } catch {
      let line = firstLine.flatMap { first in error.merge.map { $0 + first } }
      throw .text(path: path, line: line ?? 0, column: 0, reason: error.reason)
    }
  }

  private static func pair(_ text: Substring) -> (left: Substring, right: Substring)? {
    let parts = text.utf8.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
    guard parts.count == 2, let left = parts.first, let right = parts.last, !left.isEmpty, !right.isEmpty
    else {
      return nil
    }
    return (Substring(left), Substring(right))
  }

  private static func decode<Value: Decodable>(_ type: Value.Type, _ path: String) throws(ModelError) -> Value
  {
    let text = try TextFile.read(path, limit: greatestSize)
    do { return try JSONDecoder().decode(type, from: Data(text.utf8)) } catch {
      throw fault(path, "isn't a vocabulary of byte-pair encoding in JSON, as Hugging Face writes it")
    }
  }

  private static func fault(_ path: String, _ reason: String) -> ModelError {
    .text(path: path, line: 0, column: 0, reason: reason)
  }

  /// What `tokenizer.json` says of its model.
  private struct Tokenizer: Decodable {
    struct Model: Decodable {
      let vocab: [String: Int]
      let merges: [Merge]
    }

    /// "a b", or since 2024 ["a", "b"].
    struct Merge: Decodable {
      let pair: (left: Substring, right: Substring)?

      init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let text = try? container.decode(String.self) {
          pair = BytePairVocabulary.pair(text[...])
        } else {
          let parts = try container.decode([String].self)
          pair = parts.count == 2 ? (parts[0][...], parts[1][...]) : nil
        }
      }
    }

    let model: Model
  }
}
