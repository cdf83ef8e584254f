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

  static func < (a: Address, b: Address) -> Bool { a.path < b.path }
}
