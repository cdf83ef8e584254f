import Foundation

/// The built `vitrine`, run as a user runs it.
enum Program {
  struct Outcome {
    let code: Int32
    let output: String
    let errors: String
  }

  /// The program beside the test bundle, which both come from one build.
  static var path: String {
    var folder = Bundle.main.bundleURL
    for argument in CommandLine.arguments where argument.contains(".xctest") {
      folder = URL(fileURLWithPath: argument.replacingOccurrences(of: "--test-bundle-path=", with: ""))
    }
    while folder.path != "/" {
      let candidate = folder.appendingPathComponent("vitrine").path
      var isFolder: ObjCBool = false
      if FileManager.default.fileExists(atPath: candidate, isDirectory: &isFolder), !isFolder.boolValue {
        return candidate
      }
      folder.deleteLastPathComponent()
    }
    return "vitrine"
  }

  /// The repository, two folders above this file's.
  static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent()
    .deletingLastPathComponent().path

  /// Runs the program to its end in a folder; `shell` is put before it on the shell's line, such as a limit. One that
  /// hangs is killed after ten minutes (code 9), so that its test fails by name.
  static func run(_ arguments: [String], in folder: String, shell: String = "") throws -> Outcome {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-c", "\(shell) exec \"$0\" \"$@\"", path] + arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    // Files, not pipes: a full pipe would hold the program up.
    let output = folder + "/.out-\(UUID().uuidString)"
    let errors = folder + "/.err-\(UUID().uuidString)"
    try Data().write(to: URL(fileURLWithPath: output))
    try Data().write(to: URL(fileURLWithPath: errors))
    process.standardOutput = FileHandle(forWritingAtPath: output)
    process.standardError = FileHandle(forWritingAtPath: errors)
    try process.run()
    let identifier = process.processIdentifier
    let guardian = DispatchWorkItem { kill(identifier, SIGKILL) }
    DispatchQueue.global().asyncAfter(deadline: .now() + 600, execute: guardian)
    process.waitUntilExit()
    guardian.cancel()
    defer {
      unlink(output)
      unlink(errors)
    }
    func text(_ path: String) -> String {
      String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
    }
    return Outcome(code: process.terminationStatus, output: text(output), errors: text(errors))
  }

  /// Starts the program and returns at once.
  static func start(_ arguments: [String], in folder: String) throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    return process
  }
}

/// A folder that goes away with the test.
final class TestFolder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appendingPathComponent("vitrine-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ name: String, _ text: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: path + "/" + name))
  }

  func files(_ folder: String) -> [String] {
    (FileManager.default.enumerator(atPath: path + "/" + folder)?.compactMap { $0 as? String } ?? []).sorted()
  }
}
