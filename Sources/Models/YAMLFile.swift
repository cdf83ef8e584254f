import Foundation
import Support
import Yams

/// Opens YAML files that strangers wrote.
enum YAMLFile {
  /// A description longer than this is none.
  static let greatestSize = 1 << 18
  /// Deeper nesting than this no description has, and readers recurse.
  static let greatestDepth = 64
  /// Nodes that a file may stand for, with its references followed: a bomb of aliases stands for billions.
  static let mostNodes = 100_000

  /// The file's one document. Throws ``ModelError`` with line and column.
  static func root(path: String) throws(ModelError) -> Node {
    let text = try TextFile.read(path, limit: greatestSize)
    try checkDepth(text, path)
    let root: Node?
    do {
      root = try Yams.compose(yaml: text)
    } catch let error as YamlError {
      throw translated(error, path)
    } catch {
      throw .text(path: path, line: 0, column: 0, reason: "\(error)")
    }
    guard let root else { throw .text(path: path, line: 0, column: 0, reason: "the file is empty") }
    var budget = mostNodes
    guard spend(&budget, on: root) else {
      throw .text(
        path: path, line: 0, column: 0, reason: "its aliases stand for more than \(mostNodes) values")
    }
    return root
  }

  /// Brackets nest without indentation, so that a short file could nest deep enough to exhaust the stack.
  private static func checkDepth(_ text: String, _ path: String) throws(ModelError) {
    var (depth, line) = (0, 1)
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"): depth = max(0, depth - 1)
      case UInt8(ascii: "\n"): line += 1
      default: break
      }
      guard depth <= greatestDepth else {
        throw .text(path: path, line: line, column: 0, reason: "brackets nest deeper than \(greatestDepth)")
      }
    }
  }

  private static func spend(_ budget: inout Int, on node: Node) -> Bool {
    budget -= 1
    guard budget > 0 else { return false }
    switch node {
    case .mapping(let mapping):
      for (key, value) in mapping {
        guard spend(&budget, on: key), spend(&budget, on: value) else { return false }
      }
    case .sequence(let sequence):
      for value in sequence { guard spend(&budget, on: value) else { return false } }
    default: break
    }
    return true
  }

  private static func translated(_ error: YamlError, _ path: String) -> ModelError {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      YAMLMapping.fault(path, mark, problem)
    case .duplicatedKeysInMapping(let keys, let context):
      YAMLMapping.fault(
        path, context.mark, "\(keys.sorted().map { "\"\($0)\"" }.joined(separator: ", ")) twice")
    default: .text(path: path, line: 0, column: 0, reason: "\(error)")
    }
  }
}
