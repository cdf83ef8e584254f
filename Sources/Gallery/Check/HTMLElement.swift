/// A start or end tag in a document, read as a browser reads well-formed markup.
struct HTMLElement {
  let name: String
  let attributes: Attributes
  let isEnd: Bool
  /// The text between the tag before this one and this one.
  let textBefore: String
  /// The line that it begins in, from 1.
  let line: Int

  /// The attributes in their order; of equal names the first counts.
  struct Attributes {
    fileprivate(set) var list: [(key: String, value: String)] = []
    subscript(key: String) -> String? { list.first { $0.key == key }?.value }
  }

  /// All tags of a document in order; comments and the doctype are left out, and what stands in `script` and
  /// `style` is not read as markup.
  static func scan(_ document: String) -> [HTMLElement] {
    var document = document
    return document.withUTF8 { bytes in
      var scanner = HTMLScanner(bytes: bytes)
      return scanner.scan()
    }
  }
}

/// Reads tags byte by byte: every page of a large site is read at each build.
private struct HTMLScanner {
  let bytes: UnsafeBufferPointer<UInt8>
  private var index = 0
  private var line = 1
  private var textStart = 0
  private var elements: [HTMLElement] = []

  init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  mutating func scan() -> [HTMLElement] {
    while index < bytes.count {
      guard bytes[index] == UInt8(ascii: "<") else {
        step()
        continue
      }
      if starts("<!--") {
        skip(to: (find("-->", from: index) ?? bytes.count - 3) + 3)
        continue
      }
      guard let end = tagEnd() else { break }
      let first = index + 1 < bytes.count ? bytes[index + 1] : 0
      if first != UInt8(ascii: "!"), first != UInt8(ascii: "?") {
        let element = parse(index + 1, end)
        elements.append(element)
        textStart = end + 1
        if !element.isEnd, element.name == "script" || element.name == "style" {
          skip(to: find("</\(element.name)", from: end) ?? bytes.count)
          continue
        }
      }
      skip(to: end + 1)
      textStart = index
    }
    return elements
  }

  private mutating func step() {
    if bytes[index] == UInt8(ascii: "\n") { line += 1 }
    index += 1
  }

  private mutating func skip(to end: Int) { while index < min(end, bytes.count) { step() } }

  private func starts(_ text: StaticString, at place: Int? = nil) -> Bool {
    let place = place ?? index
    guard place + text.utf8CodeUnitCount <= bytes.count else { return false }
    return (0..<text.utf8CodeUnitCount).allSatisfy { bytes[place + $0] == text.utf8Start[$0] }
  }

  private func find(_ text: String, from start: Int) -> Int? {
    let wanted = Array(text.utf8)
    guard start >= 0, start + wanted.count <= bytes.count else { return nil }
    return (start...(bytes.count - wanted.count)).first { place in
      bytes[place] == wanted[0] && wanted.indices.allSatisfy { bytes[place + $0] == wanted[$0] }
    }
  }

  /// The `>` that ends a tag, outside quotes.
  private func tagEnd() -> Int? {
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

  private func parse(_ start: Int, _ end: Int) -> HTMLElement {
    var place = start
    let isEnd = place < end && bytes[place] == UInt8(ascii: "/")
    if isEnd { place += 1 }
    let name = word(&place, end)
    var attributes = HTMLElement.Attributes()
    while true {
      while place < end, isSpace(bytes[place]) || bytes[place] == UInt8(ascii: "/") { place += 1 }
      let key = word(&place, end)
      guard !key.isEmpty else { break }
      skipSpace(&place, end)
      var value = ""
      if place < end, bytes[place] == UInt8(ascii: "=") {
        place += 1
        skipSpace(&place, end)
        value = self.value(&place, end)
      }
      attributes.list.append((key, Self.decode(value)))
    }
    return HTMLElement(
      name: name, attributes: attributes, isEnd: isEnd, textBefore: text(textStart, index), line: line)
  }

  /// A name in lower case.
  private func word(_ place: inout Int, _ end: Int) -> String {
    let start = place
    while place < end, !isSpace(bytes[place]), bytes[place] != UInt8(ascii: "="),
      bytes[place] != UInt8(ascii: "/")
    { place += 1 }
    let word = text(start, place)
    return bytes[start..<place].contains { (65...90).contains($0) } ? word.lowercased() : word
  }

  private func value(_ place: inout Int, _ end: Int) -> String {
    let start = place
    if place < end, bytes[place] == UInt8(ascii: "\"") || bytes[place] == UInt8(ascii: "'") {
      place += 1
      while place < end, bytes[place] != bytes[start] { place += 1 }
      defer { place += 1 }
      return text(start + 1, place)
    }
    while place < end, !isSpace(bytes[place]) { place += 1 }
    return text(start, place)
  }

  private func skipSpace(_ place: inout Int, _ end: Int) {
    while place < end, isSpace(bytes[place]) { place += 1 }
  }

  private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  private func text(_ start: Int, _ end: Int) -> String {
    start < end ? String(decoding: bytes[start..<end], as: UTF8.self) : ""
  }

  /// The value with the references that this site's markup uses resolved.
  private static func decode(_ value: String) -> String {
    guard value.utf8.contains(UInt8(ascii: "&")) else { return value }
    return value.replacing("&quot;", with: "\"").replacing("&lt;", with: "<").replacing("&gt;", with: ">")
      .replacing("&#34;", with: "\"").replacing("&#39;", with: "'").replacing("&#60;", with: "<")
      .replacing("&#62;", with: ">").replacing("&#61;", with: "=").replacing("&#38;", with: "&")
      .replacing("&amp;", with: "&")
  }
}
