public import Foundation
import Support

extension Image {
  /// Writes an 8-bit PNG with texts (such as the recipe that made the picture) in its text chunks. The file appears
  /// whole or not at all, and the same picture and texts give the same bytes.
  public func writePNG(to path: String, text: [(key: String, value: String)] = []) throws(ImageError) {
    let data: Data
    do { data = try pngData(text: text) } catch { throw error.at(path) }
    do { try AtomicFile.write(data, to: path) } catch {
      throw ImageError(path: path, action: "write", reason: error.reason)
    }
  }

  /// The bytes of the PNG that ``writePNG(to:text:)`` writes: values clamped to [0, 1] and rounded to 8 bits.
  public func pngData(text: [(key: String, value: String)] = []) throws(ImageError) -> Data {
    try PNG.encode(self, text: text)
  }

  /// The bytes of a PNG that isn't compressed and has nothing in it but pixels: those of pictures of one size and number of
  /// channels are equally many, whatever is seen.
  public func plainPNGData() throws(ImageError) -> Data {
    try PNG.encode(self, text: [], isCompressed: false)
  }

  /// The text chunks of a PNG file, in its order.
  public static func pngText(of path: String) throws(ImageError) -> [(key: String, value: String)] {
    do {
      let file = try MappedFile(path: path)
      defer { withExtendedLifetime(file) {} }
      return try PNG.text(file.bytes)
    } catch let error as FileError {
      throw ImageError(path: path, action: "read", reason: error.reason)
    } catch let error as ImageError {
      throw error.at(path)
    } catch { throw ImageError(path: path, action: "read", reason: "\(error)") }
  }

  /// The bytes of a JPEG at a quality from 1 to 100, with colours at half resolution below 90. Gray or RGB only.
  public func jpegData(quality: Int) throws(ImageError) -> Data {
    try JPEG.encode(self, quality: quality)
  }
}
