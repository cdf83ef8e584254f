import CFileSystem
import Exhibition
import Foundation
import Support

/// The folder that a site is published in.
///
/// A new site is laid out beside the old one, unchanged files as links to the old ones, and then takes its
/// place in one step: a visitor never sees half of each, and a file that didn't change keeps its time.
struct SiteFolder {
  let path: String

  /// The list of the files that a build wrote, so that the next one knows which are its own.
  static let manifest = ".vitrine-files"

  /// What publishing did.
  struct Outcome {
    var written = 0
    var unchanged = 0
    var removed = 0
  }

  /// Whether the published file of this name has these bytes.
  private func holds(_ data: Data, at name: String) -> Bool {
    guard let old = try? MappedFile(path: path + "/" + name), old.bytes.count == data.count else {
      return false
    }
    return withExtendedLifetime(old) { data.withUnsafeBytes { $0.elementsEqual(old.bytes) } }
  }

  /// A file by its bytes, or by what they come from. A file named after what it is made from is made only if it is
  /// missing, or isn't as a build left it.
  enum Content {
    case data(Data)
    case named(make: () throws -> Data)
    /// The same bytes as another file, named after them.
    case copy(of: StoredPicture)

    func data() throws -> Data {
      switch self {
      case .data(let data): data
      case .named(let make): try make()
      case .copy(let stored): try stored.bytes()
      }
    }

    /// Whether the file's name tells its content.
    var isNamed: Bool { if case .data = self { false } else { true } }
  }

  /// Publishes the files, by their path below the folder. Files that other programs put there stay. `trusted` notes
  /// how an earlier build left its files. `check` is called for each file, and may throw to give up; so may `inspect`, which
  /// gets the size of each file of the finished site: the old one then stays as it was.
  func publish(
    _ files: [String: Content], trusted: FileLedger = FileLedger(), check: () throws -> Void = {},
    inspect: ((String) -> Int?) throws -> Void = { _ in }
  ) throws -> Outcome {
    let old = Set(self.files())
    let own = Set(ownFiles())
    let foreign = old.subtracting(own).subtracting(files.keys).subtracting([Self.manifest])
    var outcome = Outcome()
    outcome.removed = own.intersection(old).subtracting(files.keys).count
    let sorted = files.sorted { $0.key < $1.key }
    let isKept = try Parallel.map(sorted.count) { index in
      try check()
      let (name, content) = sorted[index]
      guard old.contains(name) else { return false }
      if content.isNamed, own.contains(name), trusted.holds(path + "/" + name) { return true }
      return holds(try content.data(), at: name)
    }
    let kept = zip(sorted, isKept).filter(\.1).map(\.0.key)
    var fresh = zip(sorted, isKept).filter { !$0.1 }.map(\.0)
    outcome.written = fresh.count
    outcome.unchanged = kept.count
    let manifest = Data((sorted.map(\.key).joined(separator: "\n") + "\n").utf8)
    guard !fresh.isEmpty || !holds(manifest, at: Self.manifest) else { return outcome }
    fresh.append((Self.manifest, .data(manifest)))
    try swap(fresh: fresh, kept: kept + foreign, check: check, inspect: inspect)
    return outcome
  }

  private func swap(
    fresh: [(key: String, value: Content)], kept: [String], check: () throws -> Void,
    inspect: ((String) -> Int?) throws -> Void
  ) throws {
    let beside = besides + String(getpid())
    let files = FileManager.default
    removeLeftovers()
    try? files.removeItem(atPath: beside)
    do {
      let folders = Set((kept + fresh.map(\.key)).map(Self.folder(of:))).sorted()
      _ = try Parallel.map(folders.count) { try AtomicFile.makeFolder(beside + "/" + folders[$0]) }
      for file in kept {
        try check()
        let target = beside + "/" + file
        if link(path + "/" + file, target) != 0 {
          try files.copyItem(atPath: path + "/" + file, toPath: target)
        }
      }
      // Files that are made from others are made here, one after the other on each core, so that few are in memory.
      _ = try Parallel.map(fresh.count) { index in
        try check()
        let (file, content) = fresh[index]
        if case .copy(let stored) = content {
          try copy(stored, to: beside + "/" + file, as: file)
        } else {
          try write(try content.data(), to: beside + "/" + file, as: file)
        }
      }
      try inspect { FileStatus(path: beside + "/" + $0)?.size }
      try exchange(beside)
    } catch {
      try? files.removeItem(atPath: beside)
      throw error
    }
  }

  /// `classes/zebra` of `classes/zebra/index.html`; nothing at the root.
  private static func folder(of name: String) -> Substring {
    name.utf8.lastIndex(of: UInt8(ascii: "/")).map { name[..<$0] } ?? ""
  }

  /// Puts the new folder in the old one's place: in one step where the file system can, else in two.
  private func exchange(_ beside: String) throws {
    let files = FileManager.default
    guard files.fileExists(atPath: path) else {
      guard rename(beside, path) == 0 else {
        throw FileError(path: path, action: "write", errorNumber: errno)
      }
      return
    }
    if vitrine_exchange(beside, path) != 0 {
      let aside = beside + "-old"
      guard rename(path, aside) == 0 else {
        throw FileError(path: path, action: "replace", errorNumber: errno)
      }
      guard rename(beside, path) == 0 else {
        let problem = errno
        rename(aside, path)
        throw FileError(path: path, action: "write", errorNumber: problem)
      }
      try? files.removeItem(atPath: aside)
      return
    }
    try? files.removeItem(atPath: beside)
  }

  /// All files below the folder.
  func files() -> [String] {
    guard let names = FileManager.default.enumerator(atPath: path) else { return [] }
    var files: [String] = []
    while let name = names.nextObject() as? String {
      if (names.fileAttributes?[.type] as? FileAttributeType) != .typeDirectory { files.append(name) }
    }
    return files
  }

  /// The files that the last build wrote.
  private func ownFiles() -> [String] {
    guard let text = try? String(contentsOfFile: path + "/" + Self.manifest, encoding: .utf8) else {
      return []
    }
    return text.split(separator: "\n").map(String.init)
  }
}
