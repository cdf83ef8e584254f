/// A picture in memory: planes of numbers in [0, 1], one plane a channel.
public struct Image: Sendable, Equatable {
  /// Columns.
  public let width: Int
  /// Rows.
  public let height: Int
  /// 1 (gray), 3 (red, green, blue) or 4 (and alpha, not multiplied in).
  public let channels: Int
  /// channels × height × width numbers, usually in [0, 1]; 1 is full intensity in sRGB's own coding.
  public var pixels: [Float]

  /// A picture from its numbers. There must be as many as channels × height × width.
  public init(width: Int, height: Int, channels: Int, pixels: [Float]) {
    precondition(width > 0 && height > 0 && channels > 0, "a picture has at least one pixel")
    precondition(
      pixels.count == width * height * channels, "a picture needs channels × height × width numbers")
    self.width = width
    self.height = height
    self.channels = channels
    self.pixels = pixels
  }

  /// A picture of one value.
  public init(width: Int, height: Int, channels: Int, filledWith value: Float) {
    self.init(
      width: width, height: height, channels: channels,
      pixels: [Float](repeating: value, count: width * height * channels))
  }

  /// How many pixels it has: width × height.
  public var area: Int { width * height }

  /// The value of one channel at row `y` and column `x`.
  public subscript(channel: Int, y: Int, x: Int) -> Float {
    get { pixels[(channel * height + y) * width + x] }
    set { pixels[(channel * height + y) * width + x] = newValue }
  }
}
