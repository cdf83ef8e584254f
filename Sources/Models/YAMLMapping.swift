import Foundation
import Support
import Yams

/// A mapping of a YAML file, read strictly: an unknown key, a wrong type or a number out of range is an error with
/// its line and column. A key that is absent gives `nil`.
public struct YAMLMapping {
  let path: String
  private let mark: Mark?
  private let pairs: [String: (key: Node, value: Node)]
  private let order: [String]

  /// A mapping without keys, for models that have no description.
  static func empty(_ path: String) -> YAMLMapping {
    YAMLMapping(path: path, mark: nil, pairs: [:], order: [])
  }

  private init(path: String, mark: Mark?, pairs: [String: (key: Node, value: Node)], order: [String]) {
    self.path = path
    self.mark = mark
    self.pairs = pairs
    self.order = order
  }

  /// The mapping of a node. Throws ``ModelError`` if it is none, or has other keys than `known`; `nil` allows any.
  init(_ node: Node, path: String, keys known: [String]?) throws(ModelError) {
    guard case .mapping(let mapping) = node else {
      throw Self.fault(path, node.mark, "a mapping of `key: value` is needed here")
    }
    var pairs: [String: (key: Node, value: Node)] = [:]
    var order: [String] = []
    for (key, value) in mapping {
      guard case .scalar(let scalar) = key else { throw Self.fault(path, key.mark, "a key must be a word") }
      if let known, !known.contains(scalar.string) {
        throw Self.fault(
          path, key.mark,
          "unknown key \"\(scalar.string)\"\(Suggestion.clause(for: scalar.string, among: known))")
      }
      pairs[scalar.string] = (key, value)
      order.append(scalar.string)
    }
    self.init(path: path, mark: node.mark, pairs: pairs, order: order)
  }

  /// The keys in the order of the file.
  var keys: [String] { order }

  /// The first of some keys that the file has.
  func firstKey(of keys: [String]) -> String? { order.first { keys.contains($0) } }

  /// The node of a key.
  func node(_ key: String) -> Node? { pairs[key]?.value }

  /// An error at a key, or at the mapping if it hasn't that key.
  func fault(at key: String, _ reason: String) -> ModelError {
    Self.fault(path, pairs[key]?.value.mark ?? mark, "\(key): \(reason)")
  }

  /// An integer in a range.
  func integer(_ key: String, in range: ClosedRange<Int>) throws(ModelError) -> Int? {
    guard let node = node(key) else { return nil }
    guard let value = Self.integer(node), range.contains(value) else {
      throw fault(at: key, "an integer from \(range.lowerBound) to \(range.upperBound) is needed")
    }
    return value
  }

  /// A list of integers in a range.
  func integers(_ key: String, in range: ClosedRange<Int>) throws(ModelError) -> [Int]? {
    guard let node = node(key) else { return nil }
    let values = node.sequence?.compactMap(Self.integer) ?? []
    guard !values.isEmpty, values.count == node.sequence?.count, values.allSatisfy(range.contains) else {
      throw fault(at: key, "a list of integers from \(range.lowerBound) to \(range.upperBound) is needed")
    }
    return values
  }

  /// A number in a range.
  func number(_ key: String, in range: ClosedRange<Double>) throws(ModelError) -> Double? {
    guard let node = node(key) else { return nil }
    guard let value = Self.number(node), range.contains(value) else {
      throw fault(at: key, "a number from \(range.lowerBound) to \(range.upperBound) is needed")
    }
    return value
  }

  /// A list of so many numbers in a range.
  func numbers(_ key: String, count: Int, in range: ClosedRange<Double>) throws(ModelError) -> [Double]? {
    guard let node = node(key) else { return nil }
    let values = node.sequence?.compactMap(Self.number) ?? []
    guard values.count == count, node.sequence?.count == count, values.allSatisfy(range.contains) else {
      throw fault(
        at: key, "a list of \(count) numbers from \(range.lowerBound) to \(range.upperBound) is needed")
    }
    return values
  }

  /// `true` or `false`.
  func flag(_ key: String) throws(ModelError) -> Bool? {
    guard let node = node(key) else { return nil }
    guard let scalar = node.scalar, scalar.style == .plain, let value = Bool(scalar.string) else {
      throw fault(at: key, "true or false is needed")
    }
    return value
  }

  /// A text, not empty.
  func text(_ key: String) throws(ModelError) -> String? {
    guard let node = node(key) else { return nil }
    guard let text = node.scalar?.string, !text.isEmpty else { throw fault(at: key, "a text is needed") }
    return text
  }

  /// One of the words of a type.
  func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ key: String, of type: Choice.Type
  ) throws(ModelError) -> Choice? {
    guard let word = try text(key) else { return nil }
    guard let choice = Choice(rawValue: word) else {
      let known = Choice.allCases.map(\.rawValue)
      throw fault(
        at: key,
        "unknown \"\(word)\"\(Suggestion.clause(for: word, among: known)) (known: \(known.joined(separator: ", ")))"
      )
    }
    return choice
  }

  /// A mapping with the keys that are allowed in it; `nil` allows any.
  func mapping(_ key: String, keys: [String]?) throws(ModelError) -> YAMLMapping? {
    guard let node = node(key) else { return nil }
    return try YAMLMapping(node, path: path, keys: keys)
  }

  static func fault(_ path: String, _ mark: Mark?, _ reason: String) -> ModelError {
    .text(path: path, line: mark?.line ?? 0, column: mark?.column ?? 0, reason: reason)
  }

  private static func integer(_ node: Node) -> Int? {
    guard let scalar = node.scalar, scalar.style == .plain else { return nil }
    return Int(scalar.string)
  }

  private static func number(_ node: Node) -> Double? {
    guard let scalar = node.scalar, scalar.style == .plain else { return nil }
    return Double(scalar.string)
  }
}
