import Foundation

/// A collector in a process of its own, which can be killed.
final class Child {
  private let process = Process()
  /// The port that it listens at.
  let port: Int

  /// Something went wrong when it started.
  struct Failed: Error, CustomStringConvertible {
    let description: String
  }

  /// This program, or the one beside the test bundle.
  static var program: String {
    var folder = Bundle.main.bundleURL
    for argument in CommandLine.arguments where argument.contains(".xctest") {
      folder = URL(fileURLWithPath: argument.replacingOccurrences(of: "--test-bundle-path=", with: ""))
    }
    while folder.path != "/" {
      let candidate = folder.appendingPathComponent("CollectorTrial").path
      var isFolder: ObjCBool = false
      if FileManager.default.fileExists(atPath: candidate, isDirectory: &isFolder), !isFolder.boolValue {
        return candidate
      }
      folder.deleteLastPathComponent()
    }
    return "CollectorTrial"
  }

  /// Starts `serve` and waits until it answers; `shell` is put before it on the shell's line, such as a limit.
  init(folder: String, database: String, port: Int, shell: String = "", options: [String] = []) throws {
    let note = folder + "/port-\(UUID().uuidString)"
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments =
      ["-c", "\(shell) exec \"$0\" \"$@\"", Self.program, "serve", folder, database, String(port), note]
      + options
    process.standardOutput = FileHandle.nullDevice
    let log = folder + "/collector.log"
    let descriptor = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    process.standardError = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    try process.run()
    let start = Date()
    var found: Int?
    while found == nil {
      found = FileManager.default.contents(atPath: note).flatMap { Int(String(decoding: $0, as: UTF8.self)) }
      guard process.isRunning, -start.timeIntervalSinceNow < 30 else {
        let said = (try? String(contentsOfFile: log, encoding: .utf8)) ?? "it said nothing"
        throw Failed(description: String(said.suffix(2000)))
      }
      if found == nil { usleep(2000) }
    }
    self.port = found ?? 0
  }

  /// The process.
  var identifier: Int32 { process.processIdentifier }

  /// Kills it at once, in the middle of whatever it does.
  func kill() {
    Foundation.kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  /// Tells it to end.
  func tellToEnd() { Foundation.kill(process.processIdentifier, SIGTERM) }

  /// Tells it to end and waits; its exit status.
  func stop() -> Int32 {
    tellToEnd()
    process.waitUntilExit()
    return process.terminationStatus
  }
}
