import Foundation

/// The names of a network's classes, in the order of its logits: a line each, or a JSON list of texts.
enum LabelFile {
  /// A label file longer than this is none.
  static let greatestSize = 1 << 24

  /// The labels of a file. Throws ``ModelError`` for empty lines between others and for files without labels.
  static func read(_ path: String) throws(ModelError) -> [String] {
    let text = try TextFile.read(path, limit: greatestSize)
    let labels =
      text.first { !$0.isWhitespace } == "[" ? try list(text, path) : try lines(text, path)
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

  private static func fault(_ path: String, _ line: Int, _ reason: String) -> ModelError {
    .text(path: path, line: line, column: 0, reason: reason)
  }
}
