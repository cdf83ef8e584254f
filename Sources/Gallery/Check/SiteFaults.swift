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
