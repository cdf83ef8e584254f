import Foundation
import Imaging
import Support
import Synchronization
import Tensor

/// The natural pictures of classes.
final class ReferenceShelf: Sendable {
  /// The pictures of a class: paths in order, and one digest of their contents in that order.
  struct Pictures: Sendable {
    let paths: [String]
    let hash: String
  }

  private let cache: FactsCache
  private let known = Mutex<[String: Pictures]>([:])

  init(cache: FactsCache) { self.cache = cache }

  /// The pictures in a folder, by name; if there are more than `count`, a sample that is always the same.
  /// Throws `FileError` if there are none.
  func pictures(in folder: String, count: Int) throws -> Pictures {
    let key = "\(count) \(folder)"
    if let pictures = known.withLock({ $0[key] }) { return pictures }
    var chosen = try Self.pictures(in: folder)
    guard !chosen.isEmpty else {
      let inside = try Self.folders(in: folder).first.map {
        "; give one of its folders, such as \(folder)/\($0)"
      }
      throw FileError(
        path: folder, action: "use the references of",
        reason: "there is no picture in it (.jpg, .png, .ppm)" + (inside ?? ""))
    }
    if chosen.count > count {
      var random = RandomSource(seed: 0, label: "references")
      chosen.shuffle(using: &random)
      chosen = chosen.prefix(count).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
    let paths = chosen.map { folder + "/" + $0 }
    let hash = Digest.sha256(try paths.map { try cache.digest(of: $0) }.joined(separator: "\n"))
    let pictures = Pictures(paths: paths, hash: hash)
    known.withLock { $0[key] = pictures }
    return pictures
  }

  /// The names of the pictures in a folder, sorted. Throws `FileError` if it can't be read.
  static func pictures(in folder: String) throws(FileError) -> [String] {
    try names(in: folder).filter(isPicture)
  }

  /// The names of the folders in a folder that aren't hidden, sorted. Throws `FileError` if it can't be read.
  static func folders(in folder: String) throws(FileError) -> [String] {
    try names(in: folder).filter {
      !$0.hasPrefix(".") && FileStatus(path: folder + "/" + $0)?.isFolder == true
    }
  }

  private static func names(in folder: String) throws(FileError) -> [String] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: folder)
        .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    } catch { throw FileError(path: folder, action: "read the folder", reason: error.localizedDescription) }
  }

  private static func isPicture(_ name: String) -> Bool {
    !name.hasPrefix(".") && Image.fileExtensions.contains((name as NSString).pathExtension.lowercased())
  }
}
