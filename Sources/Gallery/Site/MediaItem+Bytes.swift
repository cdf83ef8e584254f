import Foundation
import Imaging
import Support

extension Media.Item {
  /// What the file holds: made when it is written, from the cache if that has it.
  func content(cache: PictureCache?) -> SiteFolder.Content {
    // Whether such a file is younger than its record, and then whether it has the same content, was looked at when the
    // store was asked for it.
    if case .whole(let stored) = self, stored.size != nil { return .copy(of: stored) }
    return .named { try bytes(cache: cache) }
  }

  /// The bytes of the file. Throws if the store's file is missing or isn't the one that its record describes.
  private func bytes(cache: PictureCache?) throws -> Data {
    switch self {
    case .whole(let stored): return try stored.bytes()
    case .blinded(let stored): return try Image.decode(try stored.bytes()).plainPNGData()
    case .reduced(let stored, let size):
      let (width, height) = size.fit(width: stored.width, height: stored.height)
      return try PictureCache.data(in: cache, of: "reduced 1 \(stored.sha256) \(width) \(height)") {
        try Image.decode(try stored.bytes())
          .resized(width: width, height: height, filter: .bicubic, antialias: true).jpegData(quality: 88)
      }
    case .cutout(let stored, let map):
      return try PictureCache.data(in: cache, of: "cutout 1 \(stored.sha256) \(map.sha256)") {
        try Self.cutout(stored, map)
      }
    case .record(let record): return try record.text()
    }
  }

  /// The picture with its map as alpha.
  private static func cutout(_ stored: StoredPicture, _ map: StoredPicture) throws -> Data {
    let colour = try Image.decode(try stored.bytes())
    let alpha = try Image.decode(try map.bytes())
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

extension StoredPicture {
  /// The file's bytes. Throws ``GalleryError`` if it is missing or isn't the one that its record describes.
  func bytes() throws(GalleryError) -> Data {
    guard let data = try? Data(contentsOf: URL(fileURLWithPath: path)) else { throw unreadable }
    guard Digest.sha256(data) == sha256 else { throw changed }
    return data
  }

  /// The error of a file that isn't the one that its record describes.
  var changed: GalleryError {
    GalleryError(
      file: path,
      message: "the picture isn't the one that its record describes; run \"vitrine run\" to remake it")
  }

  /// The error of a file that can't be read.
  var unreadable: GalleryError {
    GalleryError(file: path, message: "the picture can't be read; run \"vitrine run\" to remake it")
  }
}
