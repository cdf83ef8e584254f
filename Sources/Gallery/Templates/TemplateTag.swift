import Foundation

/// A Mustache tag as it stands in a template's text. The library's parsed tokens aren't public, so tags are
/// read from the text itself.
struct TemplateTag: Equatable {
  /// What the tag does.
  enum Kind: Equatable { case text, raw, section, inverted, end, partial, comment }

  let kind: Kind
  /// The name inside: `title`, `model.title`, `.`, or a partial's name.
  let name: String
  /// The line that it begins in, from 1.
  let line: Int

  /// All tags of a template in order. Throws for those that templates here don't use: other delimiters,
  /// inheritance, pragmas, transforms and dynamic partials.
  static func scan(_ text: String, file: String) throws(GalleryError) -> [TemplateTag] {
    var tags: [TemplateTag] = []
    var line = 1
    var rest = Substring(text)
    while let start = rest.range(of: "{{") {
      line += rest[..<start.lowerBound].count { $0.isNewline }
      rest = rest[start.upperBound...]
      let isTriple = rest.first == "{"
      guard let end = rest.range(of: isTriple ? "}}}" : "}}") else {
        throw GalleryError(file: file, line: line, message: "a tag begins with {{ but never ends with }}")
      }
      tags.append(try tag(rest[..<end.lowerBound], line: line, file: file))
      line += rest[..<end.lowerBound].count { $0.isNewline }
      rest = rest[end.upperBound...]
    }
    return tags
  }

  private static let kinds: [Character: Kind] = [
    "{": .raw, "&": .raw, "#": .section, "^": .inverted, "/": .end, ">": .partial, "!": .comment,
  ]

  private static func tag(_ content: Substring, line: Int, file: String) throws(GalleryError) -> TemplateTag {
    let kind = content.first.flatMap { kinds[$0] } ?? .text
    let name = (kind == .text ? content : content.dropFirst()).trimmingCharacters(in: .whitespacesAndNewlines)
    let isName = name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "._-/".contains($0)) }
    guard kind == .comment || (isName && !name.isEmpty) else {
      throw GalleryError(
        file: file, line: line,
        message: "the tag {{\(content)}} is of no kind that templates know: "
          + "{{name}}, {{{html}}}, {{#section}}, {{^section}}, {{/section}}, {{>partial}}, {{!comment}}")
    }
    return TemplateTag(kind: kind, name: name, line: line)
  }
}
