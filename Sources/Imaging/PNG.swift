import CPNG
import Foundation

/// The PNG format: decoding and encoding of pictures in memory.
enum PNG {
  static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  static func decode(_ file: UnsafeRawBufferPointer, alpha: Bool) throws(ImageError) -> Image {
    let bytes = file.bindMemory(to: UInt8.self)
    var message = [CChar](repeating: 0, count: Int(VITRINE_PNG_MESSAGE))
    var header = vitrine_png_header()
    guard vitrine_png_read_header(bytes.baseAddress, bytes.count, &header, &message) == 0 else {
      throw ImageError(message, action: "read")
    }
    try Image.checkSize(width: header.width, height: header.height)
    let (width, height) = (Int(header.width), Int(header.height))
    // Deflate packs at most 1032 to 1, so that a file too short for its own claim is refused before memory is taken.
    let claimed = (width * Int(header.bits) * Int(header.channels) + 7) / 8 * height
    guard claimed / 1032 <= bytes.count else {
      let reason = "the file is truncated: \(bytes.count) bytes can't hold \(width) × \(height) pixels"
      throw ImageError(path: nil, action: "read", reason: reason)
    }
    let channels = alpha ? 4 : 3
    var pixels = [UInt8](repeating: 0, count: width * height * channels)
    guard vitrine_png_read(bytes.baseAddress, bytes.count, Int32(channels), &pixels, &message) == 0 else {
      throw ImageError(message, action: "read")
    }
    return Image(width: width, height: height, channels: channels, interleaved: pixels)
  }

  static func encode(
    _ image: Image, text: [(key: String, value: String)], isCompressed: Bool = true
  ) throws(ImageError) -> Data {
    guard [1, 3, 4].contains(image.channels) else {
      throw ImageError(
        path: nil, action: "encode", reason: "PNG holds 1, 3 or 4 channels, not \(image.channels)")
    }
    for (key, value) in text { try check(key: key, value: value) }
    let pixels = try image.interleavedBytes()
    let output = Output()
    var message = [CChar](repeating: 0, count: Int(VITRINE_PNG_MESSAGE))
    let code = withCStrings(text) { chunks in
      vitrine_png_write(
        UInt32(image.width), UInt32(image.height), Int32(image.channels), isCompressed ? 6 : 0, pixels,
        chunks, Int32(chunks.count),
        { bytes, count, context in
          guard let bytes, let context else { return }
          Unmanaged<Output>.fromOpaque(context).takeUnretainedValue().data.append(bytes, count: count)
        }, Unmanaged.passUnretained(output).toOpaque(), &message)
    }
    guard code == 0 else { throw ImageError(message, action: "encode") }
    return output.data
  }

  /// The text chunks, in the file's order.
  static func text(_ file: UnsafeRawBufferPointer) throws(ImageError) -> [(key: String, value: String)] {
    let bytes = file.bindMemory(to: UInt8.self)
    let output = Output()
    var message = [CChar](repeating: 0, count: Int(VITRINE_PNG_MESSAGE))
    let code = vitrine_png_read_text(
      bytes.baseAddress, bytes.count,
      { key, value, international, context in
        guard let key, let value, let context else { return }
        let decoded = international != 0 ? String(cString: value) : PNG.latin1(value)
        Unmanaged<Output>.fromOpaque(context).takeUnretainedValue().text.append((PNG.latin1(key), decoded))
      }, Unmanaged.passUnretained(output).toOpaque(), &message)
    guard code == 0 else { throw ImageError(message, action: "read") }
    return output.text
  }

  /// What C callbacks append to.
  private final class Output {
    var data = Data()
    var text: [(key: String, value: String)] = []
  }

  /// A key has 1 to 79 printable ASCII characters (PNG allows Latin-1), no space at its ends and no two in a row.
  private static func check(key: String, value: String) throws(ImageError) {
    let valid =
      (1...79).contains(key.utf8.count) && key.utf8.allSatisfy { (32...126).contains($0) }
      && !key.hasPrefix(" ") && !key.hasSuffix(" ") && !key.contains("  ")
    guard valid else {
      let reason =
        "\"\(key)\" can't name a PNG text: 1 to 79 printable ASCII characters, no spaces at the ends"
      throw ImageError(path: nil, action: "encode", reason: reason)
    }
    guard !value.utf8.contains(0) else {
      let reason = "the text \"\(key)\" has a zero byte, which PNG can't hold"
      throw ImageError(path: nil, action: "encode", reason: reason)
    }
  }

  /// Lends the texts to C. ASCII goes to plain tEXt chunks, which every program reads, anything else to iTXt.
  private static func withCStrings<Result>(
    _ text: [(key: String, value: String)], _ body: ([vitrine_png_text]) -> Result
  ) -> Result {
    var chunks: [vitrine_png_text] = []
    defer {
      for chunk in chunks {
        free(UnsafeMutablePointer(mutating: chunk.key))
        free(UnsafeMutablePointer(mutating: chunk.value))
      }
    }
    for (key, value) in text {
      let international = !value.utf8.allSatisfy { $0 < 128 }
      chunks.append(
        vitrine_png_text(key: strdup(key), value: strdup(value), international: international ? 1 : 0))
    }
    return body(chunks)
  }

  private static func latin1(_ text: UnsafePointer<CChar>) -> String {
    let bytes = UnsafeBufferPointer(start: text, count: strlen(text))
    return String(String.UnicodeScalarView(bytes.map { Unicode.Scalar(UInt8(bitPattern: $0)) }))
  }
}
