/// A start or end tag in a document, read as a browser reads well-formed markup.
struct HTMLElement: Equatable {
  let name: String
  let attributes: [String: String]
  let isEnd: Bool
  /// The text between the tag before this one and this one.
  let textBefore: String

  /// All tags of a document in order; comments and the doctype are left out, and what stands in `script` and
  /// `style` is not read as markup.
  static func scan(_ document: String) -> [HTMLElement] {
    var elements: [HTMLElement] = []
    let bytes = Array(document.utf8)
    var index = 0
    var textStart = 0
    while index < bytes.count {
      guard bytes[index] == UInt8(ascii: "<") else {
        index += 1
        continue
      }
      if starts(bytes, "<!--", at: index) {
        index = (find(bytes, "-->", from: index) ?? bytes.count - 3) + 3
        continue
      }
      guard let end = tagEnd(bytes, from: index) else { break }
      let first = index + 1 < bytes.count ? bytes[index + 1] : 0
      if first != UInt8(ascii: "!"), first != UInt8(ascii: "?") {
        let text = String(decoding: bytes[textStart..<index], as: UTF8.self)
        let element = parse(bytes[(index + 1)..<end], textBefore: text)
        elements.append(element)
        if !element.isEnd, ["script", "style"].contains(element.name) {
          index = find(bytes, "</\(element.name)", from: end) ?? bytes.count
          textStart = end + 1
          continue
        }
      }
      index = end + 1
      textStart = index
    }
    return elements
  }

  private static func starts(_ bytes: [UInt8], _ text: String, at index: Int) -> Bool {
    bytes[index...].starts(with: text.utf8)
  }

  private static func find(_ bytes: [UInt8], _ text: String, from index: Int) -> Int? {
    guard index < bytes.count else { return nil }
    return (index..<bytes.count).first { starts(bytes, text, at: $0) }
  }

  /// The `>` that ends a tag, outside quotes.
  private static func tagEnd(_ bytes: [UInt8], from index: Int) -> Int? {
    var quote: UInt8?
    for position in index..<bytes.count {
      let byte = bytes[position]
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
      } else if byte == UInt8(ascii: ">") {
        return position
      }
    }
    return nil
  }

  private static func parse(_ bytes: ArraySlice<UInt8>, textBefore: String) -> HTMLElement {
    var rest = Substring(String(decoding: bytes, as: UTF8.self))
    let isEnd = rest.first == "/"
    if isEnd { rest.removeFirst() }
    let name = rest.prefix { !$0.isWhitespace && $0 != "/" }
    rest = rest.dropFirst(name.count)
    var attributes: [String: String] = [:]
    while true {
      rest = rest.drop { $0.isWhitespace || $0 == "/" }
      let key = rest.prefix { !$0.isWhitespace && $0 != "=" && $0 != "/" }
      guard !key.isEmpty else { break }
      rest = rest.dropFirst(key.count).drop { $0.isWhitespace }
      var value = ""
      if rest.first == "=" {
        rest = rest.dropFirst().drop { $0.isWhitespace }
        if let quote = rest.first, quote == "\"" || quote == "'" {
          value = String(rest.dropFirst().prefix { $0 != quote })
          rest = rest.dropFirst(value.count + 2)
        } else {
          value = String(rest.prefix { !$0.isWhitespace })
          rest = rest.dropFirst(value.count)
        }
      }
      attributes[key.lowercased()] = decode(value)
    }
    return HTMLElement(name: name.lowercased(), attributes: attributes, isEnd: isEnd, textBefore: textBefore)
  }

  /// The value with the references that this site's markup uses resolved.
  private static func decode(_ value: String) -> String {
    guard value.contains("&") else { return value }
    return value.replacing("&quot;", with: "\"").replacing("&lt;", with: "<").replacing("&gt;", with: ">")
      .replacing("&#34;", with: "\"").replacing("&#39;", with: "'").replacing("&#60;", with: "<")
      .replacing("&#62;", with: ">").replacing("&#61;", with: "=").replacing("&#38;", with: "&")
      .replacing("&amp;", with: "&")
  }
}
