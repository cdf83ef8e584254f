import Exhibition
import Foundation

/// Messages to the user.
enum Console {
  /// Whether messages go to a terminal.
  static let isTerminal = isatty(STDERR_FILENO) == 1

  /// A line of the result, to standard output.
  static func print(_ line: String) { FileHandle.standardOutput.writeQuietly(line + "\n") }

  /// A line about the work, to standard error.
  static func note(_ line: String) { FileHandle.standardError.writeQuietly(line + "\n") }

  /// A line about the work's progress: redrawn in a terminal until ``erase()``, one more elsewhere.
  static func redraw(_ line: String) {
    if isTerminal { FileHandle.standardError.writeQuietly("\r\u{1B}[K\(line)") } else { note(line) }
  }

  /// Takes the last redrawn line away.
  static func erase() { if isTerminal { FileHandle.standardError.writeQuietly("\r\u{1B}[K") } }

  /// An error: each line of it marked as such.
  static func error(_ error: any Error) {
    for line in Message.of(error).split(separator: "\n") { note("error: \(line)") }
  }

  /// A time as one says it: `45 s`, `12 min`, `3 h 20 min`.
  static func duration(_ seconds: Double) -> String {
    let whole = Int(seconds.rounded())
    if seconds < 10 { return String(format: "%.1f s", seconds) }
    if whole < 90 { return "\(whole) s" }
    let minutes = (whole + 30) / 60
    return minutes < 90 ? "\(minutes) min" : "\(minutes / 60) h \(minutes % 60) min"
  }

  /// A count with its noun: `1 job`, `3 jobs`.
  static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
}

extension FileHandle {
  /// Writes a text; a reader that has gone away is no error of ours.
  fileprivate func writeQuietly(_ text: String) { try? write(contentsOf: Data(text.utf8)) }
}
