/// Faults of a finished site, which is then not published.
public struct SiteFaults: Error, Equatable, CustomStringConvertible {
  /// One fault a line, each with its page.
  public let faults: [String]

  init(_ faults: [String]) { self.faults = faults }

  /// All faults, at most 20 of them in full.
  public var description: String {
    let more = faults.count > 20 ? ["and \(faults.count - 20) more"] : []
    return "the site has faults and wasn't published:\n" + (faults.prefix(20) + more).joined(separator: "\n")
  }
}

/// A fault in a page or a static file.
struct PageFault: Equatable {
  /// The line, from 1; `nil` if it is of the whole file.
  let line: Int?
  let message: String

  init(line: Int?, message: String) {
    self.line = line
    self.message = message
  }

  /// A fault of an element.
  init(_ element: HTMLElement, _ message: String) { self.init(line: element.line, message: message) }

  /// `classes/zebra/index.html:12: the picture x.png has no alt text`
  func description(in file: String) -> String {
    line.map { "\(file):\($0): \(message)" } ?? "\(file): \(message)"
  }
}
