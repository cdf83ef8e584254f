import Foundation

/// The place of a page or file in the site, from the site's root: `classes/zebra/index.html`.
struct Address: Hashable, Sendable, Comparable {
  let path: String

  init(_ path: String) { self.path = path }

  /// The `index.html` of a folder.
  static func folder(_ parts: String...) -> Address {
    Address((parts + ["index.html"]).joined(separator: "/"))
  }

  /// The way from this page up to the root: `../../`, or nothing at the root.
  var root: String { String(repeating: "../", count: path.count { $0 == "/" }) }

  /// A relative link from this page to another place.
  func link(to other: Address) -> String { link(to: other.path) }

  /// A relative link from this page to a path below the root.
  func link(to other: String) -> String {
    let here = path.split(separator: "/").dropLast()
    let there = other.split(separator: "/")
    let common = zip(here, there.dropLast()).prefix { $0 == $1 }.count
    return String(repeating: "../", count: here.count - common)
      + there.dropFirst(common).joined(separator: "/")
  }

  /// The path from the site's root that a relative link on this page leads to, without what stands behind `#`; `nil` above
  /// the root, or if it isn't relative.
  func resolve(_ link: String) -> String? {
    let link = link.prefix { $0 != "#" }
    guard !link.hasPrefix("/") else { return nil }
    guard !link.isEmpty else { return path }
    var parts = path.split(separator: "/").dropLast()
    for part in link.split(separator: "/") {
      switch part {
      case ".": break
      case "..": guard parts.popLast() != nil else { return nil }
      default: parts.append(part)
      }
    }
    let joined = parts.joined(separator: "/")
    return joined.utf8.contains(UInt8(ascii: "%")) ? joined.removingPercentEncoding : joined
  }

  static func < (a: Address, b: Address) -> Bool { a.path < b.path }
}
