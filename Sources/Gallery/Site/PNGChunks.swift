import Foundation

/// The outer structure of PNG files: a signature and chunks.
enum PNGChunks {
  private static let signature = Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
  /// What a picture needs to be shown; everything else could say how it was made.
  private static let kept: Set<String> = [
    "IHDR", "PLTE", "tRNS", "IDAT", "IEND", "gAMA", "sRGB", "cHRM", "sBIT",
  ]

  /// The same picture without texts and times; data that isn't a PNG stays as it is.
  static func withoutText(_ data: Data) -> Data {
    guard data.starts(with: signature) else { return data }
    let bytes = [UInt8](data)
    var result = signature
    var offset = signature.count
    while offset + 12 <= bytes.count {
      let length = bytes[offset..<(offset + 4)].reduce(0) { $0 << 8 | Int($1) }
      let end = offset + 12 + length
      guard end <= bytes.count else { return data }
      if kept.contains(String(decoding: bytes[(offset + 4)..<(offset + 8)], as: UTF8.self)) {
        result += bytes[offset..<end]
      }
      offset = end
    }
    return result
  }
}
