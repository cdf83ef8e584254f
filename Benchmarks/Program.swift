import Foundation

/// Other programs.
enum Program {
  /// Milliseconds that the processors have spent on programs that have ended.
  static var processorTime: Double {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_CHILDREN.rawValue), &usage)
    let times = [usage.ru_utime, usage.ru_stime]
    return times.reduce(0) { sum, time in sum + 1e3 * Double(time.tv_sec) + 1e-3 * Double(time.tv_usec) }
  }

  /// Runs a program to its end. Throws ``Peer/Failure`` if it can't be run or fails.
  static func run(_ words: [String], output: Pipe? = nil) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = words
    if let output { process.standardOutput = output }
    process.standardError = output ?? Pipe()
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Peer.Failure(description: "\(words.joined(separator: " ")) failed")
    }
  }
}
