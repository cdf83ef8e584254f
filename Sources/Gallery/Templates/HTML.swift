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

  /// Replaces each seal in a rendered page by the HTML inside, which may hold further seals, after `change`.
  static func open(_ page: String, change: (String) -> String = { $0 }) -> String {
    let bytes = Array(page.utf8)
    let head = Array(Self.head.utf8)
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      guard bytes[index] == head[0], bytes[index...].starts(with: head),
        let end = bytes[index...].firstIndex(of: UInt8(ascii: "-"), after: head.count)
      else {
        result.append(bytes[index])
        index += 1
        continue
      }
      let sealed = Data(base64Encoded: Data(bytes[(index + head.count)..<end])) ?? Data()
      result += Array(change(open(String(decoding: sealed, as: UTF8.self), change: change)).utf8)
      index = end + tail.utf8.count
    }
    return String(decoding: result, as: UTF8.self)
  }
}

extension ArraySlice<UInt8> {
  /// Where a byte next stands, beginning some places after the start. Base 64 has no hyphen, so the first one
  /// ends a seal.
  fileprivate func firstIndex(of byte: UInt8, after skipped: Int) -> Int? {
    self[(startIndex + skipped)...].firstIndex(of: byte)
  }
}
