import Foundation

/// Other programs.
enum Program {
  /// Milliseconds that the processors have spent on programs that have ended.
  static var processorTime: Double {
    var usage = rusage()
    getrusage(RUSAGE_CHILDREN, &usage)
    return [usage.ru_utime, usage.ru_stime].reduce(0) { $0 + Double($1.tv_sec) * 1e3 + Double($1.tv_usec) * 1e-3 }
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
