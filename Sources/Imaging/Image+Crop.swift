extension Image {
  /// The rectangle of `width` × `height` pixels whose left upper corner is at column `x` and row `y`. What lies
  /// outside the picture is 0.
  public func cropped(x: Int, y: Int, width: Int, height: Int) -> Image {
    var result = Image(width: width, height: height, channels: channels, filledWith: 0)
    let left = max(0, x)
    let right = min(self.width, x + width)
    guard left < right else { return result }
    for channel in 0..<channels {
      for row in max(0, y)..<max(0, y, min(self.height, y + height)) {
        let source = (channel * self.height + row) * self.width
        let target = (channel * height + row - y) * width - x
        result.pixels.replaceSubrange(
          target + left..<target + right, with: pixels[source + left..<source + right])
      }
    }
    return result
  }

  /// The middle of the picture, as torchvision's `CenterCrop`: halves of a pixel round to even, and a picture that is
  /// too small is padded with 0.
  public func centerCropped(width: Int, height: Int) -> Image {
    let x = Image.centerOffset(of: width, in: self.width)
    let y = Image.centerOffset(of: height, in: self.height)
    return cropped(x: x, y: y, width: width, height: height)
  }

  /// Where a crop begins. torchvision pads a smaller picture by half of what is missing, rounded down, on its left.
  private static func centerOffset(of size: Int, in whole: Int) -> Int {
    if size > whole { return -((size - whole) / 2) }
    return Int((Double(whole - size) / 2).rounded(.toNearestOrEven))
  }
}
