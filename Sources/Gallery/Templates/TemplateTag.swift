import Foundation

/// A Mustache tag as it stands in a template's text.
struct TemplateTag: Sendable, Equatable {
  /// What the tag does.
  enum Kind: Sendable, Equatable { case text, raw, section, inverted, end, partial, comment }

  let kind: Kind
  /// The name inside: `title`, `model.title`, `.`, or a partial's name.
  let name: String
  /// The line that it begins in, from 1.
  let line: Int

  /// The names on the way to the value; none for `.`, the value that the section around it is at.
  let path: [String]

  private static let kinds: [Character: Kind] = [
    "{": .raw, "&": .raw, "#": .section, "^": .inverted, "/": .end, ">": .partial, "!": .comment,
  ]

  /// Reads what stands between a tag's braces. Throws for those that templates here don't use: other delimiters,
  /// inheritance, pragmas, transforms and dynamic partials.
  init(_ content: Substring, line: Int, file: String) throws(GalleryError) {
    kind = content.first.flatMap { Self.kinds[$0] } ?? .text
    name = (kind == .text ? content : content.dropFirst()).trimmingCharacters(in: .whitespacesAndNewlines)
    path = name == "." ? [] : name.split(separator: ".").map(String.init)
    self.line = line
    let isName = name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "._-/".contains($0)) }
    guard kind == .comment || (isName && !name.isEmpty) else {
      throw GalleryError(
        file: file, line: line,
        message: "the tag {{\(content)}} is of no kind that templates know: "
          + "{{name}}, {{{html}}}, {{#section}}, {{^section}}, {{/section}}, {{>partial}}, {{!comment}}")
    }
  }
}
