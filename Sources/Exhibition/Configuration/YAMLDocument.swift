import Foundation
import Support
import Yams

/// A configuration file as a tree of nodes with their places.
enum YAMLDocument {
  /// Larger files are no configuration.
  static let sizeLimit = 1 << 20

  /// Parses a text. Throws ``ConfigurationError`` with the place that the parser gives.
  static func root(of text: String, file: String) throws -> Node {
    func failure(_ line: Int, _ column: Int, _ message: String) -> ConfigurationError {
      ConfigurationError([Problem(at: Place(file: file, line: line, column: column), message)])
    }
    guard text.utf8.count <= sizeLimit else {
      throw failure(1, 1, "the file is larger than 1 MiB; an exhibition's configuration is a few pages")
    }
    if let shortcut = YAMLShortcuts.first(in: text) {
      let kind = shortcut.character == "&" ? "anchor" : "alias"
      throw failure(
        shortcut.line, shortcut.column,
        "YAML \(kind) \"\(shortcut.text)\": anchors and aliases are not supported; write the value out, "
          + "or put it in quotes if it is text")
    }
    do {
      guard let root = try Yams.compose(yaml: text, .basic) else {
        throw failure(1, 1, "the file is empty; at least models, classes and methods belong here")
      }
      return root
    } catch let error as YamlError {
      throw failure(error)
    }

    func failure(_ error: YamlError) -> ConfigurationError {
      switch error {
      case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
        .composer(_, let problem, let mark, _):
        return failure(mark.line, mark.column, "this is not YAML: \(problem)")
      case .duplicatedKeysInMapping(let duplicates, let context):
        let key = duplicates.first ?? ""
        let place = Self.repetition(of: key, from: context.mark, in: text)
        return failure(place.line, place.column, "key \"\(key)\" appears twice; remove one of them")
      case .reader(let problem, let offset, _, _):
        let before = text.utf8.prefix(offset ?? 0)
        return failure(before.count { $0 == UInt8(ascii: "\n") } + 1, 1, "this is not YAML: \(problem)")
      default:
        return failure(1, 1, "this is not YAML: \(error)")
      }
    }
  }

  /// The place of a key's second appearance in the mapping that starts at `mark`: Yams tells only the mapping's.
  private static func repetition(of key: String, from mark: Mark, in text: String) -> (line: Int, column: Int)
  {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    var seen = 0
    for (index, line) in lines.enumerated() where index >= mark.line - 1 {
      let indentation = line.prefix { $0 == " " || $0 == "-" }.count
      guard indentation == mark.column - 1 else { continue }
      let rest = line.dropFirst(indentation)
      guard ["\(key):", "\"\(key)\":", "'\(key)':"].contains(where: { rest.hasPrefix($0) }) else { continue }
      seen += 1
      if seen == 2 { return (index + 1, indentation + 1) }
    }
    return (mark.line, mark.column)
  }
}
