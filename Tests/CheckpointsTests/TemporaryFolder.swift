import Foundation
import Support

/// A folder that goes when the test does.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "vitrine-checkpoints-\(UUID().uuidString)"
    try AtomicFile.makeFolder(path)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The path of a file inside.
  func path(_ name: String) -> String { path + "/" + name }

  /// Writes a file inside and gives its path.
  func write(_ data: Data, _ name: String) throws -> String {
    // Not synced, as there are thousands.
    try data.write(to: URL(fileURLWithPath: path(name)))
    return path(name)
  }

  /// Writes a text inside and gives its path.
  @discardableResult
  func write(_ text: String, _ name: String) throws -> String { try write(Data(text.utf8), name) }
}
