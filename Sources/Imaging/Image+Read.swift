public import Foundation
import Support

extension Image {
  /// The most pixels that a file may claim. A file of a few bytes can claim billions, so that this is checked before
  /// any memory is taken.
  public static let mostPixels = 1 << 26

  /// Reads a PNG or JPEG, told apart by content, not by name, as PIL's `open(path).convert("RGB")` does: gray and
  /// palettes become red, green and blue, CMYK is converted, an EXIF orientation is **not** applied. 16-bit values
  /// keep their upper 8 bits (where PIL turns 16-bit gray into white). Alpha is dropped, or kept as a fourth channel
  /// (1 where the file has none) if `alpha` asks for it.
  public static func read(_ path: String, alpha: Bool = false) throws(ImageError) -> Image {
    let file: MappedFile
    do { file = try MappedFile(path: path) } catch {
      throw ImageError(path: path, action: "read", reason: error.reason)
    }
    do {
      defer { withExtendedLifetime(file) {} }
      return try decode(file.bytes, alpha: alpha)
    } catch { throw error.at(path) }
  }

  /// Decodes a PNG or JPEG in memory; see ``read(_:alpha:)``.
  public static func decode(_ data: Data, alpha: Bool = false) throws(ImageError) -> Image {
    // A generic `withUnsafeBytes` can't throw a typed error through Data.
    let result = data.withUnsafeBytes { bytes in
      Result { () throws(ImageError) in try decode(bytes, alpha: alpha) }
    }
    return try result.get()
  }

  private static func decode(_ bytes: UnsafeRawBufferPointer, alpha: Bool) throws(ImageError) -> Image {
    if bytes.starts(with: PNG.signature) { return try PNG.decode(bytes, alpha: alpha) }
    if bytes.starts(with: JPEG.signature) { return try JPEG.decode(bytes, alpha: alpha) }
    let reason = bytes.isEmpty ? "the file is empty" : "it is neither a PNG nor a JPEG"
    throw ImageError(path: nil, action: "read", reason: reason)
  }

  /// Refuses a picture too large to hold.
  static func checkSize(width: UInt32, height: UInt32) throws(ImageError) {
    let count = Int(width) * Int(height)
    guard count > 0 else { throw ImageError(path: nil, action: "read", reason: "it has no pixels") }
    guard count <= mostPixels else {
      let reason = "it claims \(width) × \(height) pixels, and the most that are read are \(mostPixels)"
      throw ImageError(path: nil, action: "read", reason: reason)
    }
  }
}
