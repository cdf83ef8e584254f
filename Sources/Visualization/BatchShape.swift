/// Extents of a batch of pictures in memory: count × channels × height × width, row-major.
struct BatchShape: Sendable, Equatable {
  var count: Int
  var channels: Int
  var height: Int
  var width: Int

  /// Numbers in one plane.
  var area: Int { height * width }
  /// Numbers in one picture.
  var picture: Int { channels * area }
  /// Numbers in all.
  var total: Int { count * picture }

  /// As many times the pictures.
  func repeated(_ copies: Int) -> BatchShape {
    BatchShape(count: copies * count, channels: channels, height: height, width: width)
  }

  /// The same pictures at another size.
  func resized(height: Int, width: Int) -> BatchShape {
    BatchShape(count: count, channels: channels, height: height, width: width)
  }
}
