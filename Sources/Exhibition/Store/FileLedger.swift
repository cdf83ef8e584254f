import Foundation
public import Support

/// How files and folders were when something was made from them; tells later, without reading any, whether one of
/// them may have changed.
///
/// A file counts as changed when its size, time or number in the file system did; a folder when the names in it, or
/// the files directly in it, did. Something that wasn't there counts too: when it appears, that is a change.
public struct FileLedger: Sendable, Equatable {
  /// The fingerprint of each path: of a file, of a folder, or that nothing is there.
  private var fingerprints: [String: String] = [:]
  /// Whether nothing noted is younger than the moment from which changes could have been missed.
  public private(set) var isSettled = true

  /// How many paths were noted.
  public var count: Int { fingerprints.count }

  /// An empty ledger.
  public init() {}

  /// Notes how a path is now.
  ///
  /// - Parameters:
  ///   - path: a file, a folder, or something that isn't there.
  ///   - time: the moment before it was read. What was changed since may have been read before the change, so the
  ///     ledger isn't settled then. `nil` for what nobody edits.
  public mutating func note(_ path: String, readAfter time: FileStatus.Time? = nil) {
    note(Self.fingerprint(path), of: path, readAfter: time)
  }

  /// Notes how many paths are now.
  public mutating func note(_ paths: [String], readAfter time: FileStatus.Time? = nil) {
    let found = Parallel.map(paths.count) { Self.fingerprint(paths[$0]) }
    fingerprints.reserveCapacity(fingerprints.count + paths.count)
    for (path, fingerprint) in zip(paths, found) { note(fingerprint, of: path, readAfter: time) }
  }

  private mutating func note(
    _ fingerprint: (text: String, youngest: FileStatus.Time?), of path: String,
    readAfter time: FileStatus.Time?
  ) {
    fingerprints[path] = fingerprint.text
    if let time, let youngest = fingerprint.youngest, !(youngest < time) { isSettled = false }
  }

  /// Whether everything is as it was noted.
  public var holds: Bool {
    let noted = Array(fingerprints)
    let runs = Parallel.runs(of: noted.count)
    return Parallel.map(runs.count) { run in
      noted[runs[run]].allSatisfy { Self.fingerprint($0.key).text == $0.value }
    }.allSatisfy { $0 }
  }

  /// Whether this path was noted, and is as it was then.
  public func holds(_ path: String) -> Bool { fingerprints[path] == Self.fingerprint(path).text }

  /// A fingerprint, and the youngest time in it; of a folder also the time at which names in it changed last.
  private static func fingerprint(_ path: String) -> (text: String, youngest: FileStatus.Time?) {
    guard let status = FileStatus(path: path) else { return ("-", nil) }
    guard status.isFolder else { return (status.fingerprint, status.modified) }
    var youngest = status.modified
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
    let parts = names.map { name in
      guard let member = FileStatus(path: path + "/" + name) else { return name }
      if member.isFolder { return name + "/" }
      youngest = max(youngest, member.modified)
      return "\(name) \(member.fingerprint)"
    }
    return ("d" + Digest.sha256(parts.joined(separator: "\n")).prefix(32), youngest)
  }
}

extension FileLedger {
  /// One line a path, sorted: fingerprint, a space, the path. `nil` if a path has a line break in it.
  public var lines: [String]? {
    guard !fingerprints.keys.contains(where: { $0.contains("\n") }) else { return nil }
    return fingerprints.map { "\($0.value) \($0.key)" }.sorted()
  }

  /// Reads ``lines``; a line that isn't one is left out.
  public init(lines: some Sequence<Substring>) {
    fingerprints.reserveCapacity(lines.underestimatedCount)
    for line in lines {
      guard let space = line.utf8.firstIndex(of: UInt8(ascii: " ")) else { continue }
      fingerprints[String(line[line.index(after: space)...])] = String(line[..<space])
    }
  }
}
