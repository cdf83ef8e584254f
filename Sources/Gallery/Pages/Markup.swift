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
    var bytes: [UInt8] = []
    for (index, line) in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .enumerated()
    {
      if index > 0 { bytes.append(UInt8(ascii: "\n")) }
      bytes += line.prefix { $0 == UInt8(ascii: " ") }
      TextEscape.append(String(Substring(line)), to: &bytes, for: .html)
    }
    return HTML(String(decoding: bytes, as: UTF8.self))
  }
}
