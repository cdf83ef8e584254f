extension Image {
  /// One channel as a gray picture.
  public func channel(_ index: Int) -> Image {
    Image(width: width, height: height, channels: 1, pixels: Array(pixels[index * area..<(index + 1) * area]))
  }

  /// The picture's colours with an alpha channel of one value; it replaces one that is there.
  public func withAlpha(_ value: Float) -> Image {
    withAlpha(Image(width: width, height: height, channels: 1, filledWith: value))
  }

  /// The picture's colours with a gray picture of the same size as alpha channel; it replaces one that is there.
  public func withAlpha(_ alpha: Image) -> Image {
    precondition(alpha.width == width && alpha.height == height, "alpha has the picture's size")
    let colors = converted(to: 3).pixels
    return Image(width: width, height: height, channels: 4, pixels: colors + alpha.pixels[..<area])
  }

  /// The picture with 3 channels (gray is replicated, alpha dropped) or 1 (luma 0.299, 0.587, 0.114 of ITU-R BT.601).
  public func converted(to count: Int) -> Image {
    precondition(count == 1 || count == 3, "pictures are converted to gray or colour")
    if count == channels { return self }
    var result = Image(width: width, height: height, channels: count, filledWith: 0)
    if count == 3 {
      let isGray = channels < 3
      for channel in 0..<3 {
        let source = (isGray ? 0 : channel) * area
        result.pixels.replaceSubrange(
          channel * area..<(channel + 1) * area, with: pixels[source..<source + area])
      }
    } else {
      if channels < 3 { return channel(0) }
      for index in 0..<area {
        result.pixels[index] =
          0.299 * pixels[index] + 0.587 * pixels[area + index] + 0.114 * pixels[2 * area + index]
      }
    }
    return result
  }
}
