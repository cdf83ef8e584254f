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
  var root: String { String(repeating: "../", count: path.utf8.count { $0 == UInt8(ascii: "/") }) }

  /// A relative link from this page to another place.
  func link(to other: Address) -> String { link(to: other.path) }

  /// A relative link from this page to a path below the root.
  func link(to other: String) -> String {
    // By bytes: a large site has hundreds of thousands of links.
    let slash = UInt8(ascii: "/")
    var (here, there) = (path.utf8[...], other.utf8[...])
    var (restOfHere, restOfThere) = (here, there)
    while let byte = here.popFirst(), byte == there.popFirst() {
      // Folders that both have.
      if byte == slash { (restOfHere, restOfThere) = (here, there) }
    }
    let ups = restOfHere.count { $0 == slash }
    return String(repeating: "../", count: ups) + String(Substring(restOfThere))
  }

  /// The path from the site's root that a relative link on this page leads to, without what stands behind `#`; `nil` above
  /// the root, or if it isn't relative.
  func resolve(_ link: String) -> String? {
    // By bytes: a large site has hundreds of thousands of links.
    let slash = UInt8(ascii: "/")
    let link = link.utf8.prefix { $0 != UInt8(ascii: "#") }
    guard link.first != slash else { return nil }
    guard !link.isEmpty else { return path }
    // Each part with a slash behind it.
    var bytes = Array(path.utf8)
    bytes.removeSubrange((bytes.lastIndex(of: slash).map { $0 + 1 } ?? 0)...)
    for part in link.split(separator: slash) {
      if part.elementsEqual("..".utf8) {
        guard bytes.popLast() != nil else { return nil }
        bytes.removeSubrange((bytes.lastIndex(of: slash).map { $0 + 1 } ?? 0)...)
      } else if !part.elementsEqual(".".utf8) {
        bytes += part
        bytes.append(slash)
      }
    }
    let joined = String(decoding: bytes.dropLast(), as: UTF8.self)
    return bytes.contains(UInt8(ascii: "%")) ? joined.removingPercentEncoding : joined
  }

  static func < (a: Address, b: Address) -> Bool { a.path < b.path }
}
