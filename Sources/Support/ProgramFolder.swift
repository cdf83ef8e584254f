import Foundation

/// Finds the data that come with the program.
public enum ProgramFolder {
  /// The first folder that holds a file, among folders of some names beside the program or in one of the five folders
  /// above it (the repository, for a program in `.build`); `nil` if there is none. `program` is the running one unless it
  /// is given.
  public static func containing(_ file: String, in names: [String], program: String? = nil) -> String? {
    let program = program ?? Bundle.main.executablePath ?? CommandLine.arguments.first ?? "."
    var folder = (URL(fileURLWithPath: program).resolvingSymlinksInPath().path as NSString)
      .deletingLastPathComponent
    for _ in 0..<6 {
      for name in names {
        let candidate = (folder as NSString).appendingPathComponent(name)
        if FileManager.default.fileExists(atPath: candidate + "/" + file) { return candidate }
      }
      folder = (folder as NSString).deletingLastPathComponent
    }
    return nil
  }
}
