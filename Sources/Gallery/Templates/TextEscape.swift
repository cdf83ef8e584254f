/// Escapes text for a template.
enum TextEscape {
  /// Appends a text, escaped for a language. Line breaks become spaces, since a blank line would end an HTML block of
  /// Markdown. Characters that reorder or hide what stands around them are written out.
  ///
  /// In Markdown all punctuation becomes numeric character references, which CommonMark takes literally and a browser
  /// shows as the character; in HTML only what has a meaning there.
  static func append(_ text: String, to bytes: inout [UInt8], for language: FilledTemplate.Language) {
    let references = language == .html ? inHTML : inMarkdown
    let start = bytes.count
    let isSimple = text.utf8.withContiguousStorageIfAvailable { text in
      // Most texts are a few words.
      for byte in text {
        guard byte >= 0x20, byte < 0x7F else { return false }
        if byte == UInt8(ascii: " ") {
          if bytes.count > start, bytes.last != byte { bytes.append(byte) }
        } else if let reference = references[Int(byte)] {
          bytes += reference
        } else {
          bytes.append(byte)
        }
      }
      return true
    }
    if isSimple != true {
      bytes.removeSubrange(start...)
      appendAny(text, to: &bytes, references)
    }
    if bytes.count > start, bytes.last == UInt8(ascii: " ") { bytes.removeLast() }
  }

  /// The same of any text, with the space at its end.
  private static func appendAny(_ text: String, to bytes: inout [UInt8], _ references: [[UInt8]?]) {
    let start = bytes.count
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n", "\r", "\t", " ", "\u{2028}", "\u{2029}", "\u{85}":
        if bytes.count > start, bytes.last != UInt8(ascii: " ") { bytes.append(UInt8(ascii: " ")) }
      case _ where isHidden(scalar): bytes += name(of: scalar).utf8
      case _ where scalar.isASCII:
        if let reference = references[Int(scalar.value)] {
          bytes += reference
        } else {
          bytes.append(UInt8(scalar.value))
        }
      default: bytes += UTF8.encode(scalar) ?? .init()
      }
    }
  }

  /// The numeric character reference of each ASCII character that needs one.
  private static let inMarkdown = references {
    !("0"..."9" ~= $0 || "A"..."Z" ~= $0 || "a"..."z" ~= $0 || $0 == ",")
  }
  private static let inHTML = references { isMarkup(UInt8($0.value)) }

  private static func references(where isNeeded: (Unicode.Scalar) -> Bool) -> [[UInt8]?] {
    (0..<0x80).map { code in isNeeded(Unicode.Scalar(UInt8(code))) ? Array("&#\(code);".utf8) : nil }
  }

  /// `"`, `&`, `'`, `<`, `>`, `` ` ``, `=` and braces, which would matter in markup or to a later template.
  private static func isMarkup(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "&"), UInt8(ascii: "'"), UInt8(ascii: "<"), UInt8(ascii: ">"),
      UInt8(ascii: "`"), UInt8(ascii: "="), UInt8(ascii: "{"), UInt8(ascii: "}"):
      true
    default: false
    }
  }

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

  /// Control characters, and those that turn the direction of the text after them.
  private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF: true
    default: false
    }
  }

  /// The character of a reference such as `&#45;` that HTML doesn't need, and where the text goes on: pages stay small
  /// and legible without.
  static func needless(_ bytes: [UInt8], at start: Int) -> (code: UInt8, end: Int)? {
    guard start + 4 < bytes.count, bytes[start + 1] == UInt8(ascii: "#") else { return nil }
    var code = 0
    var index = start + 2
    while index < bytes.count, index < start + 5, (48...57).contains(bytes[index]) {
      code = code * 10 + Int(bytes[index] - 48)
      index += 1
    }
    guard index < bytes.count, bytes[index] == UInt8(ascii: ";"), code > 0x20, code < 0x7F,
      !isMarkup(UInt8(code))
    else { return nil }
    return (UInt8(code), index + 1)
  }
}
