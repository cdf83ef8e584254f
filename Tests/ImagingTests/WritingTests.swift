import Foundation
import Support
import Tensor
import Testing

@testable import Imaging

@Suite struct WritingTests {
  private func noise(_ width: Int, _ height: Int, _ channels: Int) -> Image {
    var random = RandomSource(seed: 3)
    return Image(
      width: width, height: height, channels: channels,
      pixels: (0..<width * height * channels).map { _ in random.uniform(-0.2, 1.2) })
  }

  @Test func pngComesBackQuantized() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/new folder/picture.png"
    for channels in [3, 4] {
      let image = noise(19, 23, channels)
      try image.writePNG(to: path)
      #expect(try Image.read(path, alpha: channels == 4) == image.quantized())
    }
    let gray = noise(5, 4, 1)
    try gray.writePNG(to: path)
    #expect(try Image.read(path) == gray.quantized().converted(to: 3))
    // Nothing but the picture stays.
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path + "/new folder") == ["picture.png"])
  }

  @Test func rounding() throws {
    let image = Image(width: 5, height: 1, channels: 1, pixels: [-1, 0.4999 / 255, 0.5001 / 255, 1, 7])
    #expect(try image.interleavedBytes() == [0, 0, 1, 255, 255])
    #expect(image.quantized().pixels == [0, 0, 1 / 255, 1, 1])
  }

  @Test func sameInputSameBytes() throws {
    let image = noise(40, 30, 3)
    let text = [(key: "Recipe", value: "vital, Größe 96"), (key: "Software", value: "Vitrine")]
    let first = try image.pngData(text: text)
    #expect(try first == image.pngData(text: text))
    #expect(first.firstRange(of: Data("tIME".utf8)) == nil)
  }

  @Test func textComesBack() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/a.png"
    let text = [
      (key: "Title", value: "zebra"), (key: "Recipe", value: "{\"größe\":\"96 × 96\",\"次\":1}"),
      (key: "Empty", value: ""), (key: "Long", value: String(repeating: "0123456789", count: 5000)),
    ]
    try noise(3, 3, 3).writePNG(to: path, text: text)
    let read = try Image.pngText(of: path)
    #expect(read.map(\.key) == text.map(\.key))
    #expect(read.map(\.value) == text.map(\.value))
    let data = try Data(contentsOf: URL(fileURLWithPath: path))
    #expect(data.firstRange(of: Data("tEXtTitle\0zebra".utf8)) != nil)
    #expect(data.firstRange(of: Data("iTXtRecipe".utf8)) != nil)
  }

  @Test func refusals() throws {
    let image = noise(3, 3, 3)
    #expect(throws: ImageError.self) { try image.pngData(text: [(key: " x", value: "")]) }
    #expect(throws: ImageError.self) { try image.pngData(text: [(key: "", value: "")]) }
    #expect(throws: ImageError.self) { try image.pngData(text: [(key: "x", value: "a\0b")]) }
    #expect(throws: ImageError.self) { try noise(3, 3, 2).pngData() }
    #expect(throws: ImageError.self) { try noise(3, 3, 4).jpegData(quality: 90) }
    #expect(throws: ImageError.self) { try image.jpegData(quality: 0) }
    #expect(throws: ImageError.self) {
      try Image(width: 65501, height: 1, channels: 1, filledWith: 0).jpegData(quality: 5)
    }
    var broken = image
    broken[1, 2, 0] = .nan
    #expect(
      throws: ImageError(path: nil, action: "encode", reason: "it has pixels that are not a number (NaN)")
    ) {
      try broken.pngData()
    }
  }

  @Test func unwritablePlaces() throws {
    let folder = try TemporaryFolder()
    try AtomicFile.write("a file", to: folder.path + "/file")
    #expect(throws: ImageError.self) { try noise(3, 3, 3).writePNG(to: folder.path + "/file/picture.png") }
    // A full disk.
    #expect(throws: ImageError.self) { try noise(300, 300, 3).writePNG(to: "/dev/full/picture.png") }
  }

  /// Smooth pictures survive JPEG nearly unchanged, coloured edges better at full colour resolution.
  @Test func jpegComesBack() throws {
    let image = try Image.read(Golden.path("scene.png"))
    var errors: [Float] = []
    for quality in [50, 85, 95] {
      let again = try Image.decode(image.jpegData(quality: quality))
      errors.append(
        zip(image.pixels, again.pixels).map { abs($0 - $1) }.reduce(0, +) / Float(image.pixels.count))
    }
    #expect(errors[0] > errors[1] && errors[1] > errors[2] && errors[2] < 0.02, "\(errors)")
    let gray = image.converted(to: 1)
    let again = try Image.decode(gray.jpegData(quality: 95))
    #expect(zip(gray.pixels, again.channel(0).pixels).allSatisfy { abs($0 - $1) < 0.1 })
  }

  /// The vectorized loops against one number at a time.
  @Test func levelsAndPlanes() {
    var values: [Float] = [.nan, -.nan, .infinity, -.infinity, -0.0, 1, 2, -1, .leastNonzeroMagnitude]
    for level in 0..<256 {
      let value = (Float(level) + 0.5) / 255
      values += [value.nextDown, value, value.nextUp, Float(level) / 255]
    }
    var random = RandomSource(seed: 4)
    values += (0..<1000).map { _ in random.normal() }
    let image = Image(width: values.count, height: 1, channels: 1, pixels: values)
    #expect(image.levels == values.map(Image.level))
    for channels in 1...4 {
      let bytes = (0..<channels * 300).map { UInt8(truncatingIfNeeded: $0 * 7) }
      let planes = Image(width: 100, height: 3, channels: channels, interleaved: bytes)
      #expect(
        planes.pixels.indices.allSatisfy {
          planes.pixels[$0] == Float(bytes[$0 % 300 * channels + $0 / 300]) / 255
        })
    }
  }
}
