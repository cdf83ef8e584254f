import Foundation

/// Links within the site lead to files and anchors that exist; nothing but a link leads out of it.
struct LinkCheck {
  let address: Address
  let files: Set<String>
  let anchors: [Address: Set<String>]

  /// An attribute that names another file.
  struct Reference {
    let element: String
    let key: String
    let value: String
    let line: Int
  }

  func faults(in references: [Reference]) -> [PageFault] {
    references.compactMap { reference in
      fault(reference.element, reference.key, reference.value).map {
        PageFault(line: reference.line, message: $0)
      }
    }
  }

  private static let keys: Set<String> = ["href", "src", "action", "poster", "data-full", "data-cutout"]

  /// The attributes of a page that name another file.
  static func references(in elements: [HTMLElement]) -> [Reference] {
    var found: [Reference] = []
    for element in elements where !element.isEnd {
      // The page's own address, which no browser asks for.
      if element.name == "link", element.attributes["rel"] == "canonical" { continue }
      for (key, value) in element.attributes.list where keys.contains(key) {
        found.append(Reference(element: element.name, key: key, value: value, line: element.line))
      }
    }
    return found
  }

  private func fault(_ element: String, _ key: String, _ value: String) -> String? {
    // What the collector takes isn't of the site.
    if element == "form", key == "action", value.hasPrefix("/collect/") { return nil }
    if value.utf8.contains(UInt8(ascii: ":")) || value.hasPrefix("//") {
      let lower = value.lowercased()
      if lower.hasPrefix("http://") || lower.hasPrefix("https://") || lower.hasPrefix("//") {
        return element == "a" ? nil : "<\(element)> asks another site for \(value)"
      }
      if lower.hasPrefix("mailto:") || lower.hasPrefix("doi:") {
        return element == "a" ? nil : "<\(element) \(key)=\"\(value)\">"
      }
      guard value.hasPrefix("#") else { return "<\(element) \(key)=\"\(value)\"> has no safe scheme" }
    }
    guard let target = address.resolve(value) else { return "the link \(value) leads out of the site" }
    guard files.contains(target) else { return "the link \(value) leads to \(target), which doesn't exist" }
    // Compare and search pages read what stands behind # themselves.
    guard let hash = value.utf8.firstIndex(of: UInt8(ascii: "#")), !target.hasPrefix("compare/"),
      !target.hasPrefix("search/"),
      let known = anchors[Address(target)]
    else { return nil }
    let anchor = String(value[value.index(after: hash)...]).removingPercentEncoding ?? ""
    return known.contains(anchor) ? nil : "the link \(value) leads to an anchor that doesn't exist"
  }
}
