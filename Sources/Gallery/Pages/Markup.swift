/// HTML that code writes itself: drawings.
enum Markup {
  /// Text for an element or a quoted attribute.
  static func text(_ text: String) -> String { TextEscape.tidy(TextEscape().escapeText(text)) }

  /// Several lines of text for a `pre` element.
  static func lines(_ text: String) -> HTML {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.prefix { $0 == " " } + Self.text(String(line))
    }
    return HTML(lines.joined(separator: "\n"))
  }
}
