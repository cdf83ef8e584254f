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
    var result: [UInt8] = []
    result.reserveCapacity(text.utf8.count * 2)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n", "\r", "\t", " ", "\u{2028}", "\u{2029}", "\u{85}":
        if let last = result.last, last != UInt8(ascii: " ") { result.append(UInt8(ascii: " ")) }
      case _ where Self.isHidden(scalar): result += Self.name(of: scalar).utf8
      case _ where Self.isPlain(scalar): result += UTF8.encode(scalar) ?? .init()
      default: result += Self.references[Int(scalar.value)]
      }
    }
    if result.last == UInt8(ascii: " ") { result.removeLast() }
    return String(decoding: result, as: UTF8.self)
  }

  /// The numeric character reference of each ASCII character.
  private static let references = (0..<0x80).map { Array("&#\($0);".utf8) }

  /// The same text with control characters and turns of direction written out; line breaks and tabs stay.
  static func visible(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if isHidden(scalar), !["\n", "\r", "\t"].contains(scalar) {
        result.append(contentsOf: name(of: scalar).unicodeScalars)
      } else {
        result.append(scalar)
      }
    }
    return String(result)
  }

  /// `[U+202E]`
  private static func name(of scalar: Unicode.Scalar) -> String {
    "[U+" + String(scalar.value, radix: 16, uppercase: true) + "]"
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
    // Byte by byte: searching in a Swift string counts UTF-16, which costs more than all other rendering.
    let bytes = Array(html.utf8)
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "&"), let (code, end) = reference(bytes, at: index), !isMarkup(code) {
        result.append(code)
        index = end
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// The printable ASCII character of a reference such as `&#45;`, and where the text goes on.
  private static func reference(_ bytes: [UInt8], at start: Int) -> (code: UInt8, end: Int)? {
    guard start + 4 < bytes.count, bytes[start + 1] == UInt8(ascii: "#") else { return nil }
    var code = 0
    var index = start + 2
    while index < bytes.count, index < start + 5, (48...57).contains(bytes[index]) {
      code = code * 10 + Int(bytes[index] - 48)
      index += 1
    }
    guard index < bytes.count, bytes[index] == UInt8(ascii: ";"), code > 0x20, code < 0x7F else { return nil }
    return (UInt8(code), index + 1)
  }

  /// `"`, `&`, `'`, `<`, `>`, `` ` ``, `=` and braces, which would matter in markup or to a later template.
  private static func isMarkup(_ code: UInt8) -> Bool { "\"&'<>`={}".utf8.contains(code) }
}
