import Foundation
import Mustache

/// A finished piece of HTML that templates take as it is, written `{{{name}}}`.
///
/// It travels through Mustache and Markdown sealed in a comment, because Markdown would take its blank lines
/// and indentation for structure. ``open(_:)`` unseals it. No text can forge a seal: text is escaped.
struct HTML: Sendable, Equatable, Decodable, MustacheCustomRenderable {
  /// The markup.
  let markup: String

  init(_ markup: String) { self.markup = markup }

  init(from decoder: any Decoder) throws {
    markup = try decoder.singleValueContainer().decode(String.self)
  }

  private static let head = "<!--html:"
  private static let tail = "-->"

  /// The sealed form.
  var renderText: String { Self.head + Data(markup.utf8).base64EncodedString() + Self.tail }
  var isNull: Bool { false }

  /// Replaces each seal in a rendered page by the HTML inside, which may hold further seals.
  static func open(_ page: String) -> String {
    var result = ""
    var rest = Substring(page)
    while let start = rest.range(of: head) {
      result += rest[..<start.lowerBound]
      rest = rest[start.upperBound...]
      guard let end = rest.range(of: tail) else { break }
      let data = Data(base64Encoded: String(rest[..<end.lowerBound])) ?? Data()
      result += open(String(decoding: data, as: UTF8.self))
      rest = rest[end.upperBound...]
    }
    return result + rest
  }
}
