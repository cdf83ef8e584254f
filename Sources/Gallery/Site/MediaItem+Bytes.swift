import Foundation
import Imaging
import Support

extension Media.Item {
  /// The bytes of the file, from the cache if it has them. Throws if the store's file is missing or isn't the one that its
  /// record describes.
  func bytes(cache: PictureCache?) throws -> Data {
    switch self {
    case .whole(let stored): return try Self.read(stored)
    case .blinded(let stored): return try Image.decode(try Self.read(stored)).plainPNGData()
    case .reduced(let stored, let size):
      let (width, height) = size.fit(width: stored.width, height: stored.height)
      return try PictureCache.data(in: cache, of: "reduced 1 \(stored.sha256) \(width) \(height)") {
        try Image.decode(try Self.read(stored))
          .resized(width: width, height: height, filter: .bicubic, antialias: true).jpegData(quality: 88)
      }
    case .cutout(let stored, let map):
      return try PictureCache.data(in: cache, of: "cutout 1 \(stored.sha256) \(map.sha256)") {
        try Self.cutout(stored, map)
      }
    case .record(let record): return try record.text()
    }
  }

  private static func read(_ stored: StoredPicture) throws -> Data {
    let data: Data
    do {
      data = try Data(contentsOf: URL(fileURLWithPath: stored.path))
    } catch {
      throw GalleryError(
        file: stored.path, message: "the picture can't be read; run \"vitrine run\" to remake it")
    }
    guard Digest.sha256(data) == stored.sha256 else {
      throw GalleryError(
        file: stored.path,
        message: "the picture isn't the one that its record describes; run \"vitrine run\" to remake it")
    }
    return data
  }

  /// The picture with its map as alpha.
  private static func cutout(_ stored: StoredPicture, _ map: StoredPicture) throws -> Data {
    _ = try read(stored)
    _ = try read(map)
    let colour = try Image.read(stored.path)
    let alpha = try Image.read(map.path)
    guard colour.channels == 3, colour.width == alpha.width, colour.height == alpha.height else {
      throw GalleryError(file: map.path, message: "the transparency map's size isn't that of its picture")
    }
    let plane = colour.width * colour.height
    let image = Image(
      width: colour.width, height: colour.height, channels: 4,
      pixels: colour.pixels + Array(alpha.pixels.prefix(plane)))
    return try image.pngData(text: [])
  }
}
