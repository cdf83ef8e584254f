import Foundation

/// Fuzzes the readers of checkpoints: `Fuzz FOLDER ROUNDS [SEED]` damages each file of a folder so many times. Files
/// that libhdf5 reads get a tenth of the rounds, since each takes a process.
@main
struct Main {
  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst()
    guard let folder = arguments.first, let rounds = arguments.dropFirst().first.flatMap({ Int($0) }) else {
      print("usage: Fuzz FOLDER ROUNDS [SEED]")
      exit(2)
    }
    let seed = arguments.dropFirst(2).first.flatMap { UInt64($0) } ?? 1
    let run = FuzzRun(
      scratch: NSTemporaryDirectory() + "vitrine-fuzz-\(ProcessInfo.processInfo.processIdentifier)")
    print("the copy being read lies at \(run.scratch)")
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder).sorted()
    for name in names {
      let path = "\(folder)/\(name)"
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue else {
        continue
      }
      let outcome = try run.run(path, rounds: name.hasSuffix(".h5") ? rounds / 10 : rounds, seed: seed)
      print(
        "\(name): \(outcome.accepted) read, \(outcome.refused) refused, "
          + "slowest \(String(format: "%.3f", outcome.slowest)) s")
    }
    try? FileManager.default.removeItem(atPath: run.scratch)
  }
}
