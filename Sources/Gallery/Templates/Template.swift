/// A template, read: what it shows, in order.
///
/// The language is [Mustache](https://mustache.github.io/mustache.5.html) without what templates here don't need (other
/// delimiters, lambdas, inheritance) and without the indentation of partials, which would be code in Markdown.
struct Template: Sendable {
  let source: TemplateSource
  let parts: [Part]

  indirect enum Part: Sendable {
    /// What stands in the template itself.
    case literal([UInt8])
    /// A text, escaped, or ``HTML``.
    case value(TemplateTag)
    /// What is shown for each element, or if there is such a thing.
    case section(TemplateTag, [Part])
    /// What is shown if there is none.
    case inverted(TemplateTag, [Part])
    /// Another template.
    case partial(TemplateTag)
  }

  /// Reads a template. Throws with file and line for a tag that can't be read, or sections that don't close.
  init(_ source: TemplateSource) throws(GalleryError) {
    self.source = source
    var parser = TemplateParser(source: source, tokens: try TemplateParser.tokens(of: source))
    parts = try parser.parts()
  }
}

/// Reads a template's text.
private struct TemplateParser {
  enum Token {
    case literal(Substring)
    case tag(TemplateTag)
  }

  let source: TemplateSource
  let tokens: [Token]
  private var index = 0

  init(source: TemplateSource, tokens: [Token]) {
    self.source = source
    self.tokens = Self.withoutOwnLines(tokens)
  }

  /// The text as literals and tags, in turn.
  static func tokens(of source: TemplateSource) throws(GalleryError) -> [Token] {
    var tokens: [Token] = []
    var line = 1
    var rest = Substring(source.text)
    while let start = rest.firstRange(of: "{{") {
      tokens.append(.literal(rest[..<start.lowerBound]))
      line += rest[..<start.lowerBound].count { $0.isNewline }
      rest = rest[start.upperBound...]
      guard let end = rest.firstRange(of: rest.first == "{" ? "}}}" : "}}") else {
        throw GalleryError(
          file: source.file, line: line, message: "a tag begins with {{ but never ends with }}")
      }
      let content = rest[..<end.lowerBound]
      tokens.append(.tag(try TemplateTag(content, line: line, file: source.file)))
      line += content.count { $0.isNewline }
      rest = rest[end.upperBound...]
    }
    return tokens + [.literal(rest)]
  }

  /// Takes away what is left of a line that has nothing but a tag that shows nothing itself.
  private static func withoutOwnLines(_ tokens: [Token]) -> [Token] {
    var result = tokens
    for index in tokens.indices {
      guard case .tag(let tag) = tokens[index], tag.kind != .text, tag.kind != .raw,
        // The neighbours as they stand in the text, whatever was taken from them before.
        case .literal(let before) = tokens[index - 1], case .literal(let after) = tokens[index + 1]
      else { continue }
      let lead = before.lastIndex(where: \.isNewline).map { before[before.index(after: $0)...] }
      let newline = after.firstIndex(where: \.isNewline)
      let trail = after[..<(newline ?? after.endIndex)]
      let isFirst = lead != nil || index == 1
      let isLast = newline != nil || index + 2 == tokens.count
      guard isFirst, isLast, (lead ?? before).allSatisfy(\.isWhitespace), trail.allSatisfy(\.isWhitespace)
      else {
        continue
      }
      if case .literal(let text) = result[index - 1] {
        result[index - 1] = .literal(text.dropLast((lead ?? before).count))
      }
      result[index + 1] = .literal(
        newline.map { after[after.index(after: $0)...] } ?? after[after.endIndex...])
    }
    return result
  }

  /// The parts up to the end of the section that is open, or of the template.
  mutating func parts(within open: TemplateTag? = nil) throws(GalleryError) -> [Template.Part] {
    var parts: [Template.Part] = []
    while index < tokens.count {
      let token = tokens[index]
      index += 1
      switch token {
      case .literal(let text): if !text.isEmpty { parts.append(.literal(Array(text.utf8))) }
      case .tag(let tag):
        switch tag.kind {
        case .comment: break
        case .text, .raw: parts.append(.value(tag))
        case .partial: parts.append(.partial(tag))
        case .section: parts.append(.section(tag, try self.parts(within: tag)))
        case .inverted: parts.append(.inverted(tag, try self.parts(within: tag)))
        case .end:
          guard tag.name == open?.name else {
            throw fault(tag, "{{/\(tag.name)}} closes a section that isn't open")
          }
          return parts
        }
      }
    }
    if let open { throw fault(open, "the section {{#\(open.name)}} is never closed") }
    return parts
  }

  private func fault(_ tag: TemplateTag, _ message: String) -> GalleryError {
    GalleryError(file: source.file, line: tag.line, message: message)
  }
}
