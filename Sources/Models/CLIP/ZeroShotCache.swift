import Checkpoints
import Foundation
import Support

/// Keeps the directions of classes that a text tower took minutes to find, by what they were found from.
///
/// Each entry is a small safetensors file that appears whole or not at all. A cache that can't be written costs time and
/// nothing else; an entry that is damaged or another's is made again.
public struct ZeroShotCache: Sendable {
  /// The folder.
  public let folder: String

  /// A cache in a folder, which is made when it is needed.
  public init(folder: String) { self.folder = folder }

  /// The user's: `vitrine/zero-shot` in `$XDG_CACHE_HOME`, or in `.cache` of the home folder.
  public static var standard: ZeroShotCache {
    let environment = ProcessInfo.processInfo.environment
    let base =
      environment["XDG_CACHE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? NSHomeDirectory() + "/.cache"
    return ZeroShotCache(folder: base + "/vitrine/zero-shot")
  }

  private static let tensor = "directions"

  /// The directions of a key, `classes` × `width` numbers, or `nil` if there are none that can be used.
  func read(_ key: String, classes: Int, width: Int) -> [Float]? {
    guard let file = try? Checkpoint(path: path(key)), let stored = file[Self.tensor],
      stored.shape == [classes, width], let reading = try? stored.reading(), reading.nonFiniteCount == 0
    else { return nil }
    let floats = reading.floats
    return withExtendedLifetime(floats.owner) { Array(floats.values) }
  }

  /// Keeps directions, `width` numbers a class.
  func write(_ directions: [Float], _ key: String, width: Int) {
    let bytes = directions.withUnsafeBytes { Data($0) }
    var header = """
      {"\(Self.tensor)":{"dtype":"F32","shape":[\(directions.count / width),\(width)],"data_offsets":[0,\(bytes.count)]}}
      """
    // Numbers start at a multiple of eight bytes.
    while header.utf8.count % 8 != 0 { header += " " }
    let count = withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Data($0) }
    try? AtomicFile.write(count + Data(header.utf8) + bytes, to: path(key))
  }

  private func path(_ key: String) -> String { "\(folder)/\(key).safetensors" }
}
