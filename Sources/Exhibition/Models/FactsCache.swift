import Foundation
import Support
import Synchronization

/// Remembers what is costly to find out about files (digests, what a model says), as long as they don't change.
///
/// Kept in the store's folder; losing it costs time only, so reading and writing it never fails a run.
final class FactsCache: Sendable {
  private struct Fact: Codable {
    /// What the file system said of the file when the fact was found.
    var fingerprint: String
    var value: String
  }

  private struct State {
    var facts: [String: Fact] = [:]
    var isChanged = false
  }

  /// Where facts are kept; `nil` for this run only.
  private let path: String?
  private let state: Mutex<State>

  /// Facts for this run only.
  init() {
    path = nil
    state = Mutex(State())
  }

  /// Facts that are kept with a store.
  init(store: Store) {
    let path = store.folder + "/cache/facts.json"
    self.path = path
    let data = try? Data(contentsOf: URL(fileURLWithPath: path))
    let facts = data.flatMap { try? JSONDecoder().decode([String: Fact].self, from: $0) }
    state = Mutex(State(facts: facts ?? [:]))
  }

  /// The fact of a name, found anew if there is none for this fingerprint. What can't be found out is not kept.
  func fact<Value: Codable>(
    _ name: String, fingerprint: String, _ find: () throws -> Value
  ) throws -> Value {
    let known = state.withLock { $0.facts[name] }
    if let known, known.fingerprint == fingerprint,
      let value = try? JSONDecoder().decode(Value.self, from: Data(known.value.utf8))
    {
      return value
    }
    let value = try find()
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    if let json = try? encoder.encode(value) {
      let fact = Fact(fingerprint: fingerprint, value: String(decoding: json, as: UTF8.self))
      state.withLock {
        $0.facts[name] = fact
        $0.isChanged = true
      }
    }
    return value
  }

  /// A file's digest. Throws `FileError` if it can't be read.
  func digest(of path: String) throws -> String {
    guard let status = FileStatus(path: path) else {
      throw FileError(path: path, action: "open", errorNumber: errno)
    }
    return try fact("sha256 \(path)", fingerprint: status.fingerprint) { try Digest.sha256(ofFile: path) }
  }

  /// Writes what was learned, if anything.
  func save() {
    let facts: [String: Fact]? = state.withLock { state in
      defer { state.isChanged = false }
      return state.isChanged ? state.facts : nil
    }
    guard let path, let facts, let data = try? JSONEncoder().encode(facts) else { return }
    try? AtomicFile.write(data, to: path)
  }
}
