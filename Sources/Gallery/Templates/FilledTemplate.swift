import Foundation

/// A template with a model's values in their places.
struct FilledTemplate {
  /// What the template is written in, and so how texts are escaped and where HTML goes.
  enum Language {
    /// HTML stands for itself.
    case html
    /// Markdown would take HTML's blank lines and indentation for structure, so a seal stands in its place, which
    /// ``opened(_:with:)`` replaces once Markdown is done. No text can forge one: texts are escaped.
    case markdown
  }

  private(set) var bytes: [UInt8] = []
  private let language: Language
  private let templates: [String: Template]
  private var sealed: [HTML] = []
  /// The values that names are looked up in, the innermost last.
  private var stack: [ModelValue]

  /// Fills a template. Its tags must have been checked: an unknown name shows nothing.
  init(_ template: Template, _ model: ModelValue, in language: Language, templates: [String: Template]) {
    self.language = language
    self.templates = templates
    stack = [model]
    bytes.reserveCapacity(16_384)
    fill(template.parts)
  }

  private mutating func fill(_ parts: [Template.Part]) {
    for part in parts {
      switch part {
      case .literal(let text): bytes += text
      case .value(let tag): show(value(at: tag.path))
      case .partial(let tag): if let partial = templates[tag.name] { fill(partial.parts) }
      case .section(let tag, let inner):
        let value = value(at: tag.path)
        if case .list(let elements) = value {
          for element in elements { fill(inner, within: element) }
        } else if value.isThere {
          fill(inner, within: value)
        }
      case .inverted(let tag, let inner): if !value(at: tag.path).isThere { fill(inner) }
      }
    }
  }

  private mutating func fill(_ parts: [Template.Part], within value: ModelValue) {
    stack.append(value)
    fill(parts)
    stack.removeLast()
  }

  private func value(at path: [String]) -> ModelValue {
    guard let first = path.first else { return stack.last ?? .missing }
    for outer in stack.reversed() {
      guard let found = outer[first] else { continue }
      return path.dropFirst().reduce(found) { $0[$1] ?? .missing }
    }
    return .missing
  }

  private mutating func show(_ value: ModelValue) {
    switch (value, language) {
    case (.text(let text), .html): TextEscape.append(text, to: &bytes, for: .html)
    case (.text(let text), .markdown): TextEscape.append(text, to: &bytes, for: .markdown)
    case (.html(let html), .html): bytes += html.markup.utf8
    case (.html(let html), .markdown):
      bytes += Self.head
      bytes += String(sealed.count).utf8
      bytes += Self.tail
      sealed.append(html)
    default: break
    }
  }

  // MARK: Seals

  // A comment, which Markdown leaves alone wherever HTML may stand.
  private static let head = Array("<!--html:".utf8)
  private static let tail = Array("-->".utf8)

  /// The finished HTML of a template in Markdown.
  func html() -> HTML {
    let page = Markdown.html(template: bytes)
    return HTML(String(decoding: opened(page, isTidy: true) { Array($0.markup.utf8) }, as: UTF8.self))
  }

  /// The template's Markdown with HTML in its place, in which blank lines are written as references.
  func markdown() -> String {
    let open = opened(bytes, isTidy: false) { Array($0.markup.replacing("\n\n", with: "\n&#10;").utf8) }
    return String(decoding: open, as: UTF8.self)
  }

  /// Replaces each seal in `page`; with `isTidy`, references that aren't needed in HTML become characters again.
  private func opened(_ page: [UInt8], isTidy: Bool, _ open: (HTML) -> [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(page.count + sealed.reduce(0) { $0 + $1.markup.utf8.count })
    var index = 0
    // What stands between is copied in one go.
    var start = 0
    let mark = Self.head[0]
    while index < page.count {
      if isTidy, page[index] == UInt8(ascii: "&"), let (code, end) = TextEscape.needless(page, at: index) {
        result += page[start..<index]
        result.append(code)
        (index, start) = (end, end)
      } else if page[index] == mark, let (html, end) = seal(page, at: index) {
        result += page[start..<index]
        result += open(html)
        (index, start) = (end, end)
      } else {
        index += 1
      }
    }
    return result + page[start...]
  }

  /// The HTML of the seal that begins here, and where the text goes on.
  private func seal(_ page: [UInt8], at start: Int) -> (html: HTML, end: Int)? {
    guard page[start...].starts(with: Self.head) else { return nil }
    var (number, index) = (0, start + Self.head.count)
    while index < page.count, index < start + Self.head.count + 9, (48...57).contains(page[index]) {
      number = number * 10 + Int(page[index] - 48)
      index += 1
    }
    guard page[index...].starts(with: Self.tail), sealed.indices.contains(number) else { return nil }
    return (sealed[number], index + Self.tail.count)
  }
}

extension ModelValue {
  /// Whether a section shows it.
  fileprivate var isThere: Bool {
    switch self {
    case .missing: false
    case .flag(let flag): flag
    case .list(let elements): !elements.isEmpty
    case .text, .html, .object: true
    }
  }
}
