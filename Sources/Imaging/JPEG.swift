import CJPEG
import Foundation

/// The JPEG format: decoding and encoding of pictures in memory.
enum JPEG {
  static let signature: [UInt8] = [0xFF, 0xD8, 0xFF]
  /// The largest side that JPEG's 16-bit numbers and libjpeg allow.
  static let largestSide = 65500

  static func decode(_ file: UnsafeRawBufferPointer, alpha: Bool) throws(ImageError) -> Image {
    let bytes = file.bindMemory(to: UInt8.self)
    var message = [CChar](repeating: 0, count: Int(VITRINE_JPEG_MESSAGE))
    var header = vitrine_jpeg_header()
    guard vitrine_jpeg_read_header(bytes.baseAddress, bytes.count, &header, &message) == 0 else {
      throw ImageError(message, action: "read")
    }
    try Image.checkSize(width: header.width, height: header.height)
    let (width, height) = (Int(header.width), Int(header.height))
    var pixels = [UInt8](repeating: 0, count: width * height * 3)
    guard vitrine_jpeg_read(bytes.baseAddress, bytes.count, &pixels, &message) == 0 else {
      throw ImageError(message, action: "read")
    }
    let image = Image(width: width, height: height, channels: 3, interleaved: pixels)
    return alpha ? image.withAlpha(1) : image
  }

  static func encode(_ image: Image, quality: Int) throws(ImageError) -> Data {
    guard image.channels == 1 || image.channels == 3 else {
      let reason = "JPEG holds gray or red, green and blue, not \(image.channels) channels"
      throw ImageError(path: nil, action: "encode", reason: reason)
    }
    guard (1...100).contains(quality) else {
      throw ImageError(path: nil, action: "encode", reason: "a JPEG's quality is 1 to 100, not \(quality)")
    }
    guard max(image.width, image.height) <= largestSide else {
      let reason = "\(image.width) × \(image.height) pixels are more than JPEG's \(largestSide) a side"
      throw ImageError(path: nil, action: "encode", reason: reason)
    }
    let pixels = try image.interleavedBytes()
    var message = [CChar](repeating: 0, count: Int(VITRINE_JPEG_MESSAGE))
    var file: UnsafeMutablePointer<UInt8>?
    var count = 0
    let code = vitrine_jpeg_write(
      UInt32(image.width), UInt32(image.height), Int32(image.channels), pixels, Int32(quality),
      quality < 90 ? 1 : 0, &file, &count, &message)
    guard code == 0, let file else { throw ImageError(message, action: "encode") }
    defer { free(file) }
    return Data(bytes: file, count: count)
  }
}

extension ImageError {
  /// An error from a message that a C library left.
  init(_ message: [CChar], action: String) {
    let text = message.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
    self.init(path: nil, action: action, reason: text)
  }
}
