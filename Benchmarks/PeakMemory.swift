import Foundation

/// The most memory that this process held at once, as Linux counts it.
enum PeakMemory {
  /// Forgets what was held before. Where the system doesn't allow that, the peak is that of the whole run.
  static func reset() {
    guard let file = FileHandle(forWritingAtPath: "/proc/self/clear_refs") else { return }
    try? file.write(contentsOf: Data("5".utf8))
    try? file.close()
  }

  /// MiB since ``reset()``, `nil` where the system doesn't say.
  static func read() -> Int? {
    guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
      let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") })
    else { return nil }
    return Int(line.filter(\.isNumber)).map { $0 / 1024 }
  }
}
