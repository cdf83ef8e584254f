import Foundation

/// Every picture has a text (an empty one if words stand beside it), a width and a height.
enum PictureCheck {
  static func faults(in elements: [HTMLElement]) -> [PageFault] {
    var faults: [PageFault] = []
    for element in elements where !element.isEnd && element.name == "img" {
      let source = element.attributes["src"] ?? "without source"
      if element.attributes["alt"] == nil {
        faults.append(.init(element, "the picture \(source) has no alt text"))
      }
      for key in ["width", "height"] where Int(element.attributes[key] ?? "") == nil {
        faults.append(.init(element, "the picture \(source) has no \(key)"))
      }
    }
    return faults
  }
}

/// One first-level heading, and no level left out on the way down; no heading without words.
enum HeadingCheck {
  static func faults(in elements: [HTMLElement]) -> [PageFault] {
    var faults: [PageFault] = []
    var level = 0
    var firsts = 0
    var hasWords: Bool?
    for element in elements {
      if element.isAfterWords, hasWords != nil { hasWords = true }
      guard let next = number(of: element.name) else { continue }
      if element.isEnd {
        if hasWords == false { faults.append(.init(element, "a heading <h\(next)> has no words")) }
        hasWords = nil
        continue
      }
      hasWords = false
      if next == 1 { firsts += 1 }
      if next > level + 1 { faults.append(.init(element, "a heading <h\(next)> follows <h\(level)>")) }
      level = next
    }
    if firsts != 1 {
      faults.append(PageFault(line: nil, message: "the page has \(firsts) headings <h1>; it needs one"))
    }
    return faults
  }

  /// 1 to 6 of `h1` to `h6`.
  private static func number(of name: String) -> Int? {
    let bytes = name.utf8
    guard bytes.count == 2, bytes.first == UInt8(ascii: "h"), let digit = bytes.last else { return nil }
    let number = Int(digit) - Int(UInt8(ascii: "0"))
    return (1...6).contains(number) ? number : nil
  }
}

/// Every field has a label, every group of radio buttons stands in a fieldset with a legend.
enum FieldCheck {
  static func faults(in elements: [HTMLElement]) -> [PageFault] {
    var faults: [PageFault] = []
    let labelled = Set(
      elements.compactMap { $0.isEnd ? nil : ($0.name == "label" ? $0.attributes["for"] : nil) })
    var inLabel = 0
    var fieldsets: [Bool] = []
    for element in elements {
      switch (element.name, element.isEnd) {
      case ("label", let isEnd): inLabel += isEnd ? -1 : 1
      case ("fieldset", false): fieldsets.append(false)
      case ("fieldset", true):
        if fieldsets.popLast() == false { faults.append(.init(element, "a fieldset has no legend")) }
      case ("legend", false): if !fieldsets.isEmpty { fieldsets[fieldsets.count - 1] = true }
      case ("input", false), ("select", false), ("textarea", false):
        let id = element.attributes["id"] ?? ""
        let type = element.attributes["type"] ?? "text"
        if type == "hidden" { break }
        if inLabel == 0, !labelled.contains(id), element.attributes["aria-label"] == nil {
          faults.append(.init(element, "the field \"\(id)\" has no label"))
        }
        if type == "radio", fieldsets.isEmpty {
          faults.append(.init(element, "the radio button \"\(id)\" stands in no fieldset"))
        }
      default: break
      }
    }
    return faults
  }
}

/// A content security policy that allows nothing which isn't named, nothing that it forbids, and no name given twice.
enum PolicyCheck {
  static func faults(in elements: [HTMLElement]) -> [PageFault] {
    var faults = policyFaults(in: elements)
    var ids: Set<String> = []
    for element in elements where !element.isEnd {
      func add(_ message: String) { faults.append(.init(element, message)) }
      for (key, value) in element.attributes.list {
        if key == "style" { add("<\(element.name)> has an inline style") }
        if key.utf8.starts(with: "on".utf8) { add("<\(element.name)> has an inline handler \(key)") }
        if key == "id", !ids.insert(value).inserted { add("the name \"\(value)\" is given twice") }
      }
      switch element.name {
      case "style": add("the page has an inline style sheet")
      case "script" where element.attributes["src"] == nil: add("the page has an inline script")
      case "iframe", "object", "embed": add("the page embeds an <\(element.name)>")
      default: break
      }
    }
    return faults
  }

  private static func policyFaults(in elements: [HTMLElement]) -> [PageFault] {
    let policy = elements.first {
      $0.name == "meta" && $0.attributes["http-equiv"]?.lowercased() == "content-security-policy"
    }
    guard let policy else {
      return [PageFault(line: nil, message: "the page has no content security policy")]
    }
    let content = policy.attributes["content"] ?? ""
    if !content.hasPrefix("default-src 'none';") {
      return [.init(policy, "the content security policy doesn't begin with default-src 'none'")]
    }
    if content.utf8.split(separator: UInt8(ascii: "'")).contains(where: { $0.starts(with: "unsafe-".utf8) }) {
      return [.init(policy, "the content security policy allows unsafe things")]
    }
    return []
  }
}
