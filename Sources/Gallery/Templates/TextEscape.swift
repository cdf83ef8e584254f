import Mustache

/// Escapes text for a place that Markdown and then a browser read: neither finds structure in it.
///
/// Punctuation becomes numeric character references, which CommonMark takes literally and a browser shows as
/// the character. Line breaks become spaces, since a blank line would end an HTML block. Characters that
/// reorder or hide what stands around them are written out.
struct TextEscape: MustacheContentType {
  /// The name under which Mustache knows it.
  static let name = "MARKDOWN"

  func escapeText(_ text: String) -> String {
    var result = ""
    result.reserveCapacity(text.utf8.count * 2)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n", "\r", "\t", " ", "\u{2028}", "\u{2029}", "\u{85}":
        if !result.isEmpty, result.last != " " { result += " " }
      case _ where Self.isHidden(scalar):
        result += "[U+" + String(scalar.value, radix: 16, uppercase: true) + "]"
      case _ where Self.isPlain(scalar): result.unicodeScalars.append(scalar)
      default: result += "&#\(scalar.value);"
      }
    }
    if result.last == " " { result.removeLast() }
    return result
  }

  /// Letters, digits and everything beyond ASCII.
  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "0"..."9", "A"..."Z", "a"..."z", ",": true
    default: scalar.value > 0x9F
    }
  }

  /// Control characters, and those that turn the direction of the text after them.
  private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF: true
    default: false
    }
  }

  /// Turns the references of characters that mean nothing in HTML back, so that pages stay small and legible.
  static func tidy(_ html: String) -> String {
    var result = ""
    var rest = Substring(html)
    while let start = rest.range(of: "&#") {
      result += rest[..<start.lowerBound]
      let digits = rest[start.upperBound...].prefix { $0.isASCII && $0.isNumber }
      let end = digits.endIndex
      if end < rest.endIndex, rest[end] == ";", let code = UInt8(digits), code < 0x7F, code > 0x20,
        !Self.isMarkup(code)
      {
        result.unicodeScalars.append(Unicode.Scalar(code))
        rest = rest[rest.index(after: end)...]
      } else {
        result += "&#"
        rest = rest[start.upperBound...]
      }
    }
    return result + rest
  }

  /// `"`, `&`, `'`, `<`, `>`, `` ` ``, `=` and braces, which would matter in markup or to a later template.
  private static func isMarkup(_ code: UInt8) -> Bool { "\"&'<>`={}".utf8.contains(code) }
}
