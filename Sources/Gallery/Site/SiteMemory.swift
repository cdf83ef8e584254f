import Exhibition
import Foundation
import Support

/// What a build read and wrote, so that the next one can see without rendering that nothing is to be done.
///
/// Kept in the store's cache. Losing it costs time only: everything is rendered and compared then.
struct SiteMemory {
  /// The digest of what decides the site beside files: this program, the folders named, and how they were named.
  var key: String
  var summary: SiteBuilder.Summary
  /// What the site was made from.
  var sources = FileLedger()
  /// The site's files.
  var files = FileLedger()

  /// Whether nothing has changed since.
  func holds(for key: String) -> Bool { self.key == key && files.holds && sources.holds }

  // MARK: On disk

  private static let heading = "vitrine-site 1"

  /// Reads a memory; `nil` if there is none, or none that can be understood.
  init?(path: String) {
    guard let data = try? SmallFile.read(path) else { return nil }
    // By bytes: a large site has tens of thousands of lines.
    let lines = String(decoding: data, as: UTF8.self).utf8.split(separator: UInt8(ascii: "\n"))
      .map { Substring($0) }
    guard lines.count >= 4, lines[0] == Self.heading,
      let summary = try? JSONDecoder().decode(SiteBuilder.Summary.self, from: Data(lines[2].utf8))
    else { return nil }
    let counts = lines[3].split(separator: " ").compactMap { Int($0) }
    // Every line counts: a ledger that lacks some would hold where it should not.
    guard counts.count == 2, counts.allSatisfy({ (0...lines.count).contains($0) }),
      counts[0] + counts[1] + 4 == lines.count
    else { return nil }
    key = String(lines[1])
    self.summary = summary
    sources = FileLedger(lines: lines[4..<(4 + counts[0])])
    files = FileLedger(lines: lines[(4 + counts[0])...])
  }

  init(key: String, summary: SiteBuilder.Summary) {
    self.key = key
    self.summary = summary
  }

  /// Keeps the memory, or removes the old one where this one could mislead. Never fails a build.
  func save(to path: String) {
    let ledgers = [sources, files]
    let lines = Parallel.map(ledgers.count) { ledgers[$0].lines }
    guard sources.isSettled, let sources = lines[0], let files = lines[1],
      let summary = try? JSONEncoder().encode(summary)
    else {
      try? FileManager.default.removeItem(atPath: path)
      return
    }
    let head = [
      Self.heading, key, String(decoding: summary, as: UTF8.self), "\(sources.count) \(files.count)",
    ]
    try? AtomicFile.write((head + sources + files).joined(separator: "\n") + "\n", to: path)
  }
}
