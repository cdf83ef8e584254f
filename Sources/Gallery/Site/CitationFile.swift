import Foundation

/// `CITATION.cff`: how a site is cited, in the Citation File Format 1.2.0.
struct CitationFile {
  private let facts: SiteFacts

  /// `nil` without authors, whom the format asks for.
  init?(_ facts: SiteFacts) {
    guard !facts.authors.isEmpty else { return nil }
    self.facts = facts
  }

  /// The file's bytes.
  var data: Data {
    var lines = [
      "cff-version: 1.2.0",
      "message: \(quoted("If you use these pictures or figures, please cite them so."))",
      "type: dataset",
      "title: \(quoted(facts.title))",
    ]
    if !facts.summary.isEmpty { lines.append("abstract: \(quoted(facts.summary))") }
    // Names aren't taken apart: which part is the family name differs from people to people.
    lines.append("authors:")
    lines += facts.authors.map { "  - name: \(quoted($0))" }
    if let identifier = facts.licence.flatMap(Self.identifier) { lines.append("license: \(identifier)") }
    if let address = facts.address { lines.append("url: \(quoted(address))") }
    return Data((lines.joined(separator: "\n") + "\n").utf8)
  }

  /// A string of YAML in which nothing has a meaning: JSON's form of it.
  private func quoted(_ text: String) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .withoutEscapingSlashes
    return (try? encoder.encode(text)).map { String(decoding: $0, as: UTF8.self) } ?? "\"\""
  }

  /// The SPDX identifier of a licence that exhibitions usually have; `nil` for others, which the format doesn't know.
  static func identifier(_ licence: String) -> String? {
    let words = licence.uppercased().split { !$0.isLetter && !$0.isNumber && $0 != "." }.map(String.init)
    switch words.first {
    case "CC0": return "CC0-1.0"
    case "MIT" where words.count == 1: return "MIT"
    case "APACHE": return words.contains("2.0") || words.contains("2") ? "Apache-2.0" : nil
    case "CC":
      let version = words.last.flatMap { Double($0) }.map { String(format: "%.1f", $0) }
      let parts = words.dropFirst().filter { ["BY", "SA", "NC", "ND"].contains($0) }
      let isWhole = words.count == parts.count + 2
      guard let version, parts.first == "BY", isWhole else { return nil }
      return "CC-" + parts.joined(separator: "-") + "-" + version
    default: return nil
    }
  }
}
