import Foundation
import Support

/// The name of an unfinished entry: `….tmp-HOST-PID-RANDOM`.
enum Leftover {
  static func suffix(random: UInt32) -> String { ".tmp-\(host)-\(getpid())-\(random)" }

  /// This machine's name without anything that would disturb a file name.
  static let host = ProcessInfo.processInfo.hostName.filter { $0.isASCII && ($0.isLetter || $0.isNumber) }

  /// Whether the run that made it is surely gone: its process doesn't exist on this machine any more, or it is
  /// older than a day (a store may be shared by machines whose processes can't be seen).
  static func isAbandoned(_ name: String, age: TimeInterval) -> Bool {
    guard let range = name.range(of: ".tmp-") else { return false }
    if age > 86_400 { return true }
    let parts = name[range.upperBound...].split(separator: "-")
    guard parts.count == 3, parts[0] == host, let process = pid_t(parts[1]) else { return false }
    return kill(process, 0) != 0 && errno == ESRCH
  }
}

extension Store {
  /// Removes what killed runs left unfinished, and says how many such things there were.
  @discardableResult
  public func removeLeftovers() -> Int {
    let manager = FileManager.default
    var count = 0
    for shelf in shelves() {
      for name in (try? manager.contentsOfDirectory(atPath: "\(folder)/\(shelf)")) ?? []
      where name.contains(".tmp-") {
        let path = "\(folder)/\(shelf)/\(name)"
        guard let status = FileStatus(path: path) else { continue }
        let age = Date().timeIntervalSince1970 - Double(status.modified.seconds)
        if Leftover.isAbandoned(name, age: age), (try? manager.removeItem(atPath: path)) != nil { count += 1 }
      }
    }
    return count
  }

  /// Identities of all entries, sorted, whole or not.
  public func identities() -> [String] {
    shelves().flatMap { shelf in
      ((try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(shelf)")) ?? [])
        .filter { $0.count == 62 && !$0.contains(".") }.map { shelf + $0 }
    }.sorted()
  }

  /// The folders that hold entries: the first two digits of identities.
  private func shelves() -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
      .filter { $0.count == 2 && $0.allSatisfy(\.isHexDigit) }
  }
}
