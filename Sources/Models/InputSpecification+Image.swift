public import Imaging

extension InputSpecification {
  /// Reads a picture's file and prepares it; see ``prepare(_:)``. Throws ``ImageError``.
  public func prepare(file path: String) throws(ImageError) -> [Float] {
    prepare(try Image.read(path, upright: upright))
  }

  /// A picture as the network's owner prepares it, but not normalized: the shorter side resized, the center cropped, as
  /// torchvision does on PIL images. Returns C×H×W numbers in [0, 1].
  public func prepare(_ image: Image) -> [Float] {
    let filter: Image.Filter =
      switch interpolation {
      case .bilinear: .bilinear
      case .bicubic: .bicubic
      }
    return image.converted(to: mean.count).resized(shorterSide: resize, filter: filter)
      .centerCropped(width: size, height: size).pixels
  }
}
