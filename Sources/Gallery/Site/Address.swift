import Foundation

/// The place of a page or file in the site, from the site's root: `classes/zebra/index.html`.
struct Address: Hashable, Sendable, Comparable {
  let path: String
  /// The path of the site's root on its server, with a slash at both ends, if links are to be whole paths: for a page that
  /// a server shows at addresses of any depth. `nil` for links relative to the page.
  private let base: String?

  init(_ path: String, linkingFrom base: String? = nil) {
    self.path = path
    self.base = base
  }

  /// A page of a site whose own, whole address is known; links may then be whole paths as well.
  init(_ path: String, at whole: String) {
    let known = URL(string: whole)?.path(percentEncoded: true)
    self.init(
      path, linkingFrom: known.flatMap { $0.hasSuffix("/" + path) ? String($0.dropLast(path.count)) : nil })
  }

  /// The `index.html` of a folder.
  static func folder(_ parts: String...) -> Address {
    Address((parts + ["index.html"]).joined(separator: "/"))
  }

  /// The way from this page up to the root: `../../`, or nothing at the root.
  var root: String { base ?? String(repeating: "../", count: path.utf8.count { $0 == UInt8(ascii: "/") }) }

  /// A link from this page to another place.
  func link(to other: Address) -> String { link(to: other.path) }

  /// A link from this page to a path below the root.
  func link(to other: String) -> String {
    if let base { return base + other }
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

  /// The path from the site's root that a link within the site on this page leads to, without what stands behind `#`; `nil`
  /// above the root, or if it leads elsewhere.
  func resolve(_ link: String) -> String? {
    if let base, link.hasPrefix(base) { return Address("").resolve(String(link.dropFirst(base.count))) }
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

  /// The base only says how links are written.
  static func == (a: Address, b: Address) -> Bool { a.path == b.path }
  func hash(into hasher: inout Hasher) { hasher.combine(path) }

  static func < (a: Address, b: Address) -> Bool { a.path < b.path }
}
