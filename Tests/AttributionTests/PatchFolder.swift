import Foundation
import Imaging
import Models
import Support

@testable import Attribution

/// A folder of pictures and one for indices, which go away with the test.
final class PatchFolder {
  let path = FileManager.default.temporaryDirectory.path + "/vitrine-patches-\(UUID().uuidString)"
  var pictures: String { path + "/pictures" }

  init() throws { try AtomicFile.makeFolder(pictures) }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func cache(_ name: String = "cache") -> PatchIndexCache { PatchIndexCache(folder: "\(path)/\(name)") }

  func list() throws -> PictureList { try PictureList(folder: pictures) }

  /// Smooth noise as a PNG of 40×36 pixels.
  func write(_ name: String, seed: Int) throws {
    let noise = Image(width: 32, height: 32, channels: 3, pixels: TestModels.picture(seed))
    try write(
      name, noise.resized(width: 40, height: 36, filter: .bilinear, antialias: false).pngData(text: []))
  }

  func write(_ name: String, _ data: Data) throws { try AtomicFile.write(data, to: "\(pictures)/\(name)") }

  /// The one index in a cache.
  func index(_ name: String = "cache") throws -> (path: String, data: Data) {
    let files = try FileManager.default.contentsOfDirectory(atPath: "\(path)/\(name)")
    guard files.count == 1, let data = FileManager.default.contents(atPath: "\(path)/\(name)/\(files[0])")
    else { throw FileError(path: name, action: "find the index in", reason: "there are \(files.count)") }
    return ("\(path)/\(name)/\(files[0])", data)
  }

  /// As many pictures of smooth noise, in two groups.
  func fill(_ count: Int) throws {
    for number in 0..<count {
      try write("\(number % 3 == 0 ? "even" : "odd/deep")/\(number).png", seed: number)
    }
  }
}
