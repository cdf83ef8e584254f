import Foundation

/// Links within the site lead to files and anchors that exist; nothing but a link leads out of it.
struct LinkCheck {
  let address: Address
  let files: Set<String>
  let anchors: [Address: Set<String>]

  func faults(in elements: [HTMLElement]) -> [String] {
    var faults: [String] = []
    for element in elements where !element.isEnd {
      for (key, value) in references(of: element) {
        if let fault = fault(element.name, key, value) { faults.append(fault) }
      }
    }
    return faults
  }

  /// The attributes of an element that name another file.
  private func references(of element: HTMLElement) -> [(String, String)] {
    // The page's own address, which no browser asks for.
    if element.name == "link", element.attributes["rel"] == "canonical" { return [] }
    var found: [(String, String)] = []
    for key in ["href", "src", "action", "poster", "data-full", "data-cutout"] {
      if let value = element.attributes[key] { found.append((key, value)) }
    }
    return found
  }

  private func fault(_ element: String, _ key: String, _ value: String) -> String? {
    // What the collector takes isn't of the site.
    if element == "form", key == "action", value.hasPrefix("/collect/") { return nil }
    let lower = value.lowercased()
    if lower.hasPrefix("http://") || lower.hasPrefix("https://") || lower.hasPrefix("//") {
      return element == "a" ? nil : "<\(element)> asks another site for \(value)"
    }
    if lower.hasPrefix("mailto:") || lower.hasPrefix("doi:") {
      return element == "a" ? nil : "<\(element) \(key)=\"\(value)\">"
    }
    guard !lower.contains(":") || lower.hasPrefix("#") else {
      return "<\(element) \(key)=\"\(value)\"> has no safe scheme"
    }
    let parts = value.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    let path = String(parts.first ?? "").removingPercentEncoding ?? ""
    guard let target = path.isEmpty ? address.path : resolve(path) else {
      return "the link \(value) leads out of the site"
    }
    guard files.contains(target) else { return "the link \(value) leads to \(target), which doesn't exist" }
    // The compare page reads what stands behind # itself.
    guard parts.count == 2, target != "compare/index.html", let known = anchors[Address(target)] else {
      return nil
    }
    return known.contains(String(parts[1])) ? nil : "the link \(value) leads to an anchor that doesn't exist"
  }

  /// The path from the site's root; `nil` above it.
  private func resolve(_ path: String) -> String? {
    guard !path.hasPrefix("/") else { return nil }
    var parts = address.path.split(separator: "/").dropLast().map(String.init)
    for part in path.split(separator: "/", omittingEmptySubsequences: true) {
      switch part {
      case ".": break
      case "..":
        guard parts.popLast() != nil else { return nil }
      default: parts.append(String(part))
      }
    }
    return parts.joined(separator: "/")
  }
}
