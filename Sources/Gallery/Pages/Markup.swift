/// HTML that code writes itself: drawings.
enum Markup {
  /// Text for an element or a quoted attribute.
  static func text(_ text: String) -> String {
    var bytes: [UInt8] = []
    TextEscape.append(text, to: &bytes, for: .html)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Text that may go on in the next line after the points, underlines and slashes in its longer words: addresses of neurons
  /// in narrow places.
  static func breakable(_ text: String) -> HTML {
    let words = text.split(separator: " ", omittingEmptySubsequences: false).map { word -> String in
      guard word.count > 12 else { return Self.text(String(word)) }
      var pieces = [""]
      for character in word {
        pieces[pieces.count - 1].append(character)
        if "._/".contains(character) { pieces.append("") }
      }
      return pieces.map(Self.text).joined(separator: "<wbr>")
    }
    return HTML(words.joined(separator: " "))
  }

  /// Several lines of text for a `pre` element.
  static func lines(_ text: String) -> HTML {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.prefix { $0 == " " } + Self.text(String(line))
    }
    return HTML(lines.joined(separator: "\n"))
  }
}
