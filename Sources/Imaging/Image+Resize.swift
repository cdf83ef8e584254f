import CKernels

extension Image {
  /// How a new pixel is mixed from old ones.
  public enum Filter: String, Sendable, Codable, CaseIterable {
    /// A triangle: the mean of the neighbours, by distance.
    case bilinear
    /// A cubic of four neighbours a side, which keeps edges sharper.
    case bicubic

    /// Half of its width, in pixels.
    var support: Double { self == .bilinear ? 1 : 2 }

    /// Its weight at a distance in pixels.
    func weight(_ distance: Double, antialias: Bool) -> Double {
      let x = abs(distance)
      if self == .bilinear { return max(0, 1 - x) }
      let a = antialias ? -0.5 : -0.75
      if x < 1 { return ((a + 2) * x - (a + 3)) * x * x + 1 }
      if x < 2 { return (((x - 5) * x + 8) * x - 4) * a }
      return 0
    }
  }

  /// The picture at another size, as PIL's `resize`: columns first, then rows.
  ///
  /// - Parameters:
  ///   - antialias: widen the filter when shrinking, as PIL and torchvision on PIL pictures do; without it the result
  ///     is that of PyTorch's `interpolate(align_corners=False)`.
  ///   - rounding: clamp and round to 8 bits after each of the two passes, as PIL does. Off for exact arithmetic.
  public func resized(
    width: Int, height: Int, filter: Filter, antialias: Bool = true, rounding: Bool = true
  ) -> Image {
    precondition(width > 0 && height > 0, "a picture has at least one pixel")
    // PIL skips a pass that would change nothing.
    if width == self.width && height == self.height { return self }
    var result = Image(width: width, height: height, channels: channels, filledWith: 0)
    let columns = ResamplingPass(inputs: self.width, outputs: width, filter: filter, antialias: antialias)
    let rows = ResamplingPass(inputs: self.height, outputs: height, filter: filter, antialias: antialias)
    let levels: Float = rounding ? 255 : 0
    let (sourceArea, narrowArea) = (area, self.height * width)
    // A pass mixes whole rows, which vectorizes; the columns go through it transposed.
    let standing = UnsafeMutablePointer<Float>.allocate(capacity: max(sourceArea, narrowArea))
    let narrow = UnsafeMutablePointer<Float>.allocate(capacity: narrowArea)
    defer {
      standing.deallocate()
      narrow.deallocate()
    }
    for channel in 0..<channels {
      pixels.withUnsafeBufferPointer { source in
        result.pixels.withUnsafeMutableBufferPointer { target in
          guard let source = source.baseAddress?.advanced(by: channel * sourceArea),
            let target = target.baseAddress?.advanced(by: channel * width * height)
          else { return }
          if width == self.width {
            rows.apply(source, target, length: width, levels: levels)
          } else {
            vitrine_transpose(source, standing, Int32(self.height), Int32(self.width))
            columns.apply(standing, narrow, length: self.height, levels: levels)
            vitrine_transpose(narrow, standing, Int32(width), Int32(self.height))
            rows.apply(standing, target, length: width, levels: levels)
          }
        }
      }
    }
    return result
  }

  /// The picture with its shorter side at a size and its shape kept, as torchvision's `Resize(size)`: the longer side
  /// is rounded down.
  public func resized(shorterSide size: Int, filter: Filter, antialias: Bool = true, rounding: Bool = true)
    -> Image
  {
    let longer = size * max(width, height) / min(width, height)
    return resized(
      width: width <= height ? size : longer, height: width <= height ? longer : size, filter: filter,
      antialias: antialias, rounding: rounding)
  }
}
