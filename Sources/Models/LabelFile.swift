import Foundation

/// The names of a network's classes, in the order of its logits: a line each, a JSON list of texts, or a JSON object
/// from each class's number to its name (Hugging Face's `id2label`) or to its identifier and name (Keras's class index).
enum LabelFile {
  /// A label file longer than this is none.
  static let greatestSize = 1 << 24

  /// The labels of a file. Throws ``ModelError`` for empty lines between others and for files without labels.
  static func read(_ path: String) throws(ModelError) -> [String] {
    let text = try TextFile.read(path, limit: greatestSize)
    let labels =
      switch text.first(where: { !$0.isWhitespace }) {
      case "[": try list(text, path)
      case "{": try numbered(text, path)
      default: try lines(text, path)
      }
    guard !labels.isEmpty else { throw fault(path, 0, "no labels") }
    return labels
  }

  private static func lines(_ text: String, _ path: String) throws(ModelError) -> [String] {
    var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .map { $0.trimmingCharacters(in: .whitespaces) }
    while lines.last?.isEmpty == true { lines.removeLast() }
    if let empty = lines.firstIndex(of: "") {
      throw fault(path, empty + 1, "an empty line; each line names a class")
    }
    return lines
  }

  private static func list(_ text: String, _ path: String) throws(ModelError) -> [String] {
    do {
      return try JSONDecoder().decode([String].self, from: Data(text.utf8))
    } catch {
      throw fault(path, 0, "not a JSON list of texts")
    }
  }

  private static func numbered(_ text: String, _ path: String) throws(ModelError) -> [String] {
    let names: [String: Name]
    do { names = try JSONDecoder().decode([String: Name].self, from: Data(text.utf8)) } catch {
      throw fault(path, 0, "not a JSON object from numbers to names")
    }
    return try (0..<names.count).map { (index) throws(ModelError) in
      guard let name = names[String(index)] else {
        throw fault(path, 0, "\(names.count) classes, but none has the number \(index)")
      }
      return name.text
    }
  }

  /// A name, alone or after an identifier; words of Keras's are joined by underscores.
  private struct Name: Decodable {
    let text: String

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let text = try? container.decode(String.self) {
        self.text = text
      } else {
        let parts = try container.decode([String].self)
        guard let last = parts.last else {
          throw DecodingError.dataCorruptedError(in: container, debugDescription: "no name")
        }
        text = last.replacing("_", with: " ")
      }
    }
  }

  private static func fault(_ path: String, _ line: Int, _ reason: String) -> ModelError {
    .text(path: path, line: line, column: 0, reason: reason)
  }
}
