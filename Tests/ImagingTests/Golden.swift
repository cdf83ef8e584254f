import Foundation

@testable import Imaging

/// What PIL and torchvision made of the pictures in Tests/Fixtures/imaging: see tools/golden_imaging.py.
struct Golden: Decodable {
  struct Decoded: Decodable {
    let name: String
    let width: Int
    let height: Int
    /// Of the interleaved RGB bytes, and of the RGBA ones where there is alpha.
    let sha256: String
    let rgba: String?
    /// What PIL's exif_transpose makes of it.
    let upright: Upright?
  }
  struct Upright: Decodable {
    let width: Int
    let height: Int
    let sha256: String
  }
  struct Resized: Decodable {
    let width: Int
    let height: Int
    let filter: Image.Filter
    let bytes: Data
  }
  struct Interpolated: Decodable {
    let width: Int
    let height: Int
    let filter: Image.Filter
    let antialias: Bool
    let step: Int
    let values: [Float]
  }
  struct Prepared: Decodable {
    let width: Int
    let height: Int
    let resize: Int
    let crop: Int
    let bytes: Data
  }

  let decoded: [Decoded]
  let resized: [Resized]
  let interpolated: [Interpolated]
  let prepared: [Prepared]

  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Fixtures/imaging").path

  static func path(_ name: String) -> String { folder + "/" + name }

  static func load() throws -> Golden {
    try JSONDecoder().decode(Golden.self, from: Data(contentsOf: URL(fileURLWithPath: path("golden.json"))))
  }

  /// The largest difference in 8-bit levels, and how many pixels differ.
  static func compare(_ image: Image, _ bytes: Data) throws -> (largest: Int, count: Int) {
    let differences = zip(try image.interleavedBytes(), bytes).map { abs(Int($0) - Int($1)) }
    return (differences.max() ?? 0, differences.count { $0 > 0 })
  }
}

/// A folder that is removed when the test is done with it.
final class TemporaryFolder {
  let path = FileManager.default.temporaryDirectory.path + "/vitrine-imaging-\(UUID().uuidString)"

  init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }
  deinit { try? FileManager.default.removeItem(atPath: path) }
}
