/// A start or end tag in a document, read as a browser reads well-formed markup.
struct HTMLElement {
  let name: String
  let attributes: Attributes
  let isEnd: Bool
  /// Whether there are words between the element before this one and this one.
  let isAfterWords: Bool
  /// These words, if ``all(_:)`` was asked.
  let textBefore: String
  /// The line that it begins in, from 1.
  let line: Int

  /// The attributes in their order; of equal names the first counts.
  struct Attributes {
    fileprivate(set) var list: [(key: String, value: String)] = []
    subscript(key: String) -> String? { list.first { $0.key == key }?.value }
  }

  /// The tags of a document that a check may ask about, in order: those with attributes, and of others those whose name
  /// means something. Classes aren't noted, as every tag has them and no check asks. Comments and the doctype are left out,
  /// and what stands in `script` and `style` is not read as markup.
  static func scan(_ document: [UInt8]) -> [HTMLElement] { scan(document, isWhole: false) }

  /// All tags of a document with all their attributes, and the text between them.
  static func all(_ document: String) -> [HTMLElement] { scan(Array(document.utf8), isWhole: true) }

  private static func scan(_ document: [UInt8], isWhole: Bool) -> [HTMLElement] {
    document.withUnsafeBufferPointer { bytes in
      var scanner = HTMLScanner(bytes: bytes, isWhole: isWhole)
      return scanner.scan()
    }
  }
}

extension HTMLElement {
  /// Whether a check may ask about it.
  fileprivate var isTelling: Bool {
    isEnd ? Self.ends.contains(name) : !attributes.list.isEmpty || Self.starts.contains(name)
  }

  /// Elements that have a meaning even without attributes.
  fileprivate static let starts: Set = [
    "h1", "h2", "h3", "h4", "h5", "h6", "img", "label", "fieldset", "legend", "input", "select", "textarea",
    "style", "script", "iframe", "object", "embed", "meta", "link",
  ]
  /// Elements whose end is waited for.
  fileprivate static let ends: Set = ["h1", "h2", "h3", "h4", "h5", "h6", "label", "fieldset"]
}

/// Reads tags byte by byte: every page of a large site is read at each build.
private struct HTMLScanner {
  let bytes: UnsafeBufferPointer<UInt8>
  let isWhole: Bool
  private var index = 0
  private var line = 1
  private var textStart = 0
  private var isAfterWords = false
  private var elements: [HTMLElement] = []

  init(bytes: UnsafeBufferPointer<UInt8>, isWhole: Bool) {
    self.bytes = bytes
    self.isWhole = isWhole
  }

  mutating func scan() -> [HTMLElement] {
    while index < bytes.count {
      guard bytes[index] == UInt8(ascii: "<") else {
        if bytes[index] == UInt8(ascii: "\n") {
          line += 1
        } else if !isSpace(bytes[index]) {
          isAfterWords = true
        }
        index += 1
        continue
      }
      let first = index + 1 < bytes.count ? bytes[index + 1] : 0
      if first == UInt8(ascii: "!"), starts("<!--") {
        skip(to: (find("-->", from: index) ?? bytes.count - 3) + 3)
        continue
      }
      guard let end = tagEnd() else { break }
      if !isWhole, isBare(index + 1, end) {
        textStart = end + 1
        index = end + 1
        continue
      }
      if first != UInt8(ascii: "!"), first != UInt8(ascii: "?") {
        let element = parse(index + 1, end)
        if isWhole || element.isTelling {
          elements.append(element)
          isAfterWords = false
        }
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

  private mutating func skip(to end: Int) {
    let end = min(end, bytes.count)
    while index < end {
      if bytes[index] == UInt8(ascii: "\n") { line += 1 }
      index += 1
    }
  }

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

  /// Whether a tag without attributes or line breaks has a name that no check asks about. Most tags are such, and needn't be
  /// read closer.
  private func isBare(_ start: Int, _ end: Int) -> Bool {
    guard start < end, bytes[start..<end].allSatisfy({ (48...57).contains($0) || (97...122).contains($0) })
    else { return bytes[start] == UInt8(ascii: "/") && isBareEnd(start + 1, end) }
    return !HTMLElement.starts.contains(text(start, end))
  }

  private func isBareEnd(_ start: Int, _ end: Int) -> Bool {
    start < end && bytes[start..<end].allSatisfy { (48...57).contains($0) || (97...122).contains($0) }
      && !HTMLElement.ends.contains(text(start, end))
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
        let range = self.value(&place, end)
        if !isWhole, key == "class" { continue }
        value = text(range.lowerBound, range.upperBound)
      }
      attributes.list.append((key, Self.decode(value)))
    }
    return HTMLElement(
      name: name, attributes: attributes, isEnd: isEnd, isAfterWords: isAfterWords,
      textBefore: isWhole ? text(textStart, index) : "", line: line)
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

  /// Where a value stands, without quotes.
  private func value(_ place: inout Int, _ end: Int) -> Range<Int> {
    let start = place
    if place < end, bytes[place] == UInt8(ascii: "\"") || bytes[place] == UInt8(ascii: "'") {
      place += 1
      while place < end, bytes[place] != bytes[start] { place += 1 }
      defer { place += 1 }
      return start + 1..<place
    }
    while place < end, !isSpace(bytes[place]) { place += 1 }
    return start..<place
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
