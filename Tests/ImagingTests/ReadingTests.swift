import Foundation
import Support
import Tensor
import Testing

@testable import Imaging

@Suite struct ReadingTests {
  /// Byte for byte what PIL's convert("RGB") gives, for every kind of PNG and JPEG.
  @Test func everyKindAsPIL() throws {
    let golden = try Golden.load().decoded
    #expect(golden.count == 40)
    for expected in golden {
      let image = try Image.read(Golden.path(expected.name))
      #expect(image.width == expected.width && image.height == expected.height && image.channels == 3)
      #expect(Digest.sha256(Data(try image.interleavedBytes())) == expected.sha256, "\(expected.name)")
      if let rgba = expected.rgba {
        let image = try Image.read(Golden.path(expected.name), alpha: true)
        #expect(Digest.sha256(Data(try image.interleavedBytes())) == rgba, "\(expected.name)")
      }
    }
  }

  /// Turned as PIL's exif_transpose does, for all eight ways to hold a camera; and only if asked for.
  @Test func uprightAsPIL() throws {
    let oriented = try Golden.load().decoded.filter { $0.upright != nil }
    #expect(oriented.count == 9)
    for expected in oriented {
      let upright = try #require(expected.upright)
      let image = try Image.read(Golden.path(expected.name), upright: true)
      #expect(image.width == upright.width && image.height == upright.height)
      #expect(Digest.sha256(Data(try image.interleavedBytes())) == upright.sha256, "\(expected.name)")
    }
    #expect(try Image.read(Golden.path("gray.jpg"), upright: true) == Image.read(Golden.path("gray.jpg")))
  }

  /// Metadata cut or scrambled at any place leave the picture as it is stored, or turn it; they never trap.
  @Test func damagedMetadata() throws {
    let data = try Data(contentsOf: URL(fileURLWithPath: Golden.path("orientation6.jpg")))
    let start = try #require(data.firstRange(of: Data("Exif".utf8))).lowerBound
    for offset in -4..<32 {
      for value: UInt8 in [0, 1, 0x7F, 0xFF] {
        var damaged = data
        damaged[start + offset] = value
        damaged.withUnsafeBytes { _ = Orientation(of: $0) }
      }
      data.prefix(start + offset).withUnsafeBytes { #expect(Orientation(of: $0) == .upright) }
    }
  }

  @Test func hostileAnymaps() throws {
    let cases = [
      (
        "P5 99999999 99999999 255\n",
        "it claims 99999999 × 99999999 pixels, and the most that are read are 67108864"
      ),
      ("P6 8000 8000 255\nabc", "the file is truncated"), ("P5 0 4 255\n", "it has no pixels"),
      ("P5 4 4 65536\n", "its greatest value is more than 65535"), ("P5 4 4 0\n", "its greatest value is 0"),
      ("P5 4 -4 255\n", "its height, at byte 5, is no number"), ("P5 4", "the file is truncated"),
      ("P3 1 1 255 1 2", "the file is truncated"), ("P3 1 1 9 1 2 10", "its value is more than 9"),
      ("P1 2 1 1 2", "byte 9 is neither 0 nor 1"), ("P4 9 2\nabc", "the file is truncated"),
      ("P6 99999999999999999999 1 255\n", "its width is more than 4294967295"),
      ("P6 # 4 4 255 no end", "the file is truncated"),
    ]
    for (text, reason) in cases {
      #expect(throws: ImageError(path: nil, action: "read", reason: reason), "\(text)") {
        try Image.decode(Data(text.utf8))
      }
    }
  }

  @Test func alphaIsOneWhereTheFileHasNone() throws {
    for name in ["rgb8.png", "color444.jpg"] {
      let image = try Image.read(Golden.path(name), alpha: true)
      #expect(image.channels == 4)
      #expect(image.channel(3).pixels.allSatisfy { $0 == 1 })
    }
  }

  @Test func missingEmptyAndForeignFiles() throws {
    let folder = try TemporaryFolder()
    let missing = folder.path + "/missing.png"
    #expect(throws: ImageError(path: missing, action: "read", reason: "No such file or directory")) {
      try Image.read(missing)
    }
    let empty = folder.path + "/empty.png"
    try AtomicFile.write(Data(), to: empty)
    #expect(throws: ImageError(path: empty, action: "read", reason: "the file is empty")) {
      try Image.read(empty)
    }
    let text = folder.path + "/text.jpg"
    try AtomicFile.write("This is no picture", to: text)
    #expect(
      throws: ImageError(
        path: text, action: "read", reason: "it is neither a PNG nor a JPEG nor a portable anymap (.ppm)")
    ) {
      try Image.read(text)
    }
    #expect(throws: ImageError(path: folder.path, action: "read", reason: "it is not a regular file")) {
      try Image.read(folder.path)
    }
  }

  /// Content counts, not the name.
  @Test func wrongExtension() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/picture.png"
    try AtomicFile.write(Data(contentsOf: URL(fileURLWithPath: Golden.path("gray.jpg"))), to: path)
    #expect(try Image.read(path) == Image.read(Golden.path("gray.jpg")))
  }

  /// Every shortening of a file is an error, never a half-gray picture. The last bytes of a file may be a marker that
  /// no decoder needs.
  @Test(arguments: [
    "rgb8.png", "rgb8-interlaced.png", "color420.jpg", "progressive.jpg", "cmyk.jpg", "gray7.pgm",
    "color16.ppm",
  ])
  func truncatedFiles(name: String) throws {
    let data = try Data(contentsOf: URL(fileURLWithPath: Golden.path(name)))
    for count in stride(from: 1, to: data.count - 2, by: 7) {
      #expect(throws: ImageError.self, "\(name), first \(count) bytes") {
        try Image.decode(data.prefix(count))
      }
    }
  }

  /// Random damage gives a picture or an error, and doesn't crash, hang or take much memory.
  @Test(arguments: [
    "rgb8.png", "palette4.png", "rgb16.png", "color420.jpg", "progressive.jpg", "cmyk.jpg", "color-text.ppm",
  ])
  func damagedFiles(name: String) throws {
    let data = try Data(contentsOf: URL(fileURLWithPath: Golden.path(name)))
    var random = RandomSource(seed: 1, label: name)
    for _ in 0..<300 {
      var damaged = data
      for _ in 0..<Int.random(in: 1...8, using: &random) {
        damaged[Int.random(in: 0..<data.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      if let image = try? Image.decode(damaged) {
        #expect(image.pixels.count == image.area * 3)
      }
    }
  }

  @Test func enormousDimensionsAreRefusedBeforeMemoryIsTaken() throws {
    var png = try Data(contentsOf: URL(fileURLWithPath: Golden.path("rgb8.png")))
    // IHDR: width at byte 16, height at 20, its checksum at 29.
    png.replaceSubrange(16..<24, with: [0x40, 0, 0, 0, 0x40, 0, 0, 0])
    fixHeaderChecksum(&png)
    let claim = "it claims 1073741824 × 1073741824 pixels, and the most that are read are 67108864"
    #expect(throws: ImageError(path: nil, action: "read", reason: claim)) { try Image.decode(png) }

    // Small enough to be allowed, but not in a file of this length.
    png.replaceSubrange(16..<24, with: [0, 0, 0x20, 0, 0, 0, 0x20, 0])
    fixHeaderChecksum(&png)
    let truncated = "the file is truncated: \(png.count) bytes can't hold 8192 × 8192 pixels"
    #expect(throws: ImageError(path: nil, action: "read", reason: truncated)) { try Image.decode(png) }

    var jpeg = try Data(contentsOf: URL(fileURLWithPath: Golden.path("color420.jpg")))
    let frame = try #require(jpeg.firstRange(of: Data([0xFF, 0xC0])))
    jpeg.replaceSubrange(frame.lowerBound + 5..<frame.lowerBound + 9, with: [0xFF, 0, 0xFF, 0])
    let large = "it claims 65280 × 65280 pixels, and the most that are read are 67108864"
    #expect(throws: ImageError(path: nil, action: "read", reason: large)) { try Image.decode(jpeg) }
  }

  /// CRC-32 of the header chunk, as PNG defines it.
  private func fixHeaderChecksum(_ png: inout Data) {
    var crc: UInt32 = 0xFFFF_FFFF
    for byte in png[12..<29] {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? (crc >> 1) ^ 0xEDB8_8320 : crc >> 1 }
    }
    let bytes = withUnsafeBytes(of: (crc ^ 0xFFFF_FFFF).bigEndian) { Array($0) }
    png.replaceSubrange(29..<33, with: bytes)
  }
}
