import Tensor
import Testing

@testable import Imaging

@Suite struct ResizingTests {
  /// PIL's pixels, to the bit.
  @Test func asPIL() throws {
    let source = try Image.read(Golden.path("scene.png"))
    for expected in try Golden.load().resized {
      let image = source.resized(width: expected.width, height: expected.height, filter: expected.filter)
      let difference = try Golden.compare(image, expected.bytes)
      #expect(
        difference.count == 0, "\(expected.width) × \(expected.height) \(expected.filter) \(difference)")
    }
  }

  /// PyTorch's interpolate, whose antialiasing is PIL's without rounding.
  @Test func asInterpolate() throws {
    let source = try Image.read(Golden.path("scene.png"))
    for expected in try Golden.load().interpolated {
      let image = source.resized(
        width: expected.width, height: expected.height, filter: expected.filter,
        antialias: expected.antialias,
        rounding: false)
      let values = stride(from: 0, to: image.pixels.count, by: expected.step).map { image.pixels[$0] }
      #expect(values.count == expected.values.count)
      let worst = zip(values, expected.values).map { abs($0 - $1) }.max() ?? 1
      #expect(
        worst < 2e-5,
        "\(expected.width) × \(expected.height) \(expected.filter) \(expected.antialias): \(worst)")
    }
  }

  /// torchvision's Resize and CenterCrop: sizes truncated, offsets rounded half to even, small pictures padded.
  @Test func asTorchvision() throws {
    let scene = try Image.read(Golden.path("scene.png"))
    for expected in try Golden.load().prepared {
      let source = scene.resized(width: expected.width, height: expected.height, filter: .bicubic)
      let image = source.resized(shorterSide: expected.resize, filter: .bilinear)
        .centerCropped(width: expected.crop, height: expected.crop)
      let difference = try Golden.compare(image, expected.bytes)
      #expect(
        difference.count == 0,
        "\(expected) \(difference)")
    }
  }

  @Test func roundingGivesLevels() {
    var random = RandomSource(seed: 1)
    let image = Image(
      width: 31, height: 17, channels: 1, pixels: (0..<31 * 17).map { _ in random.uniform(-0.5, 1.5) })
    let rounded = image.resized(width: 12, height: 30, filter: .bicubic)
    #expect(rounded == rounded.quantized())
    let exact = image.resized(width: 12, height: 30, filter: .bicubic, rounding: false)
    #expect(exact.pixels.contains { $0 < 0 } && exact.pixels.contains { $0 > 1 })
  }

  /// Constant pictures stay constant, whatever the filter does at the border.
  @Test(arguments: Image.Filter.allCases, [true, false]) func constantsStay(
    filter: Image.Filter, antialias: Bool
  ) {
    for (width, height) in [(1, 1), (2, 300), (64, 3), (7, 7), (1000, 1)] {
      let image = Image(width: 13, height: 9, channels: 3, filledWith: 0.25)
        .resized(width: width, height: height, filter: filter, antialias: antialias, rounding: false)
      #expect(image.pixels.allSatisfy { abs($0 - 0.25) < 1e-6 })
    }
  }

  @Test func cropsReachOutside() {
    let image = Image(width: 3, height: 2, channels: 1, pixels: [1, 2, 3, 4, 5, 6])
    #expect(image.cropped(x: 1, y: 0, width: 2, height: 2).pixels == [2, 3, 5, 6])
    #expect(image.cropped(x: -1, y: 1, width: 3, height: 2).pixels == [0, 4, 5, 0, 0, 0])
    #expect(image.cropped(x: 5, y: 5, width: 2, height: 1).pixels == [0, 0])
    #expect(image.cropped(x: 0, y: -3, width: 1, height: 1).pixels == [0])
  }

  @Test func channels() {
    let image = Image(width: 1, height: 1, channels: 3, pixels: [1, 0.5, 0.25])
    #expect(abs(image.converted(to: 1).pixels[0] - (0.299 + 0.2935 + 0.0285)) < 1e-6)
    #expect(image.withAlpha(0.5).pixels == [1, 0.5, 0.25, 0.5])
    #expect(image.withAlpha(0.5).withAlpha(1).pixels == [1, 0.5, 0.25, 1])
    #expect(image.channel(1).converted(to: 3).pixels == [0.5, 0.5, 0.5])
  }
}
