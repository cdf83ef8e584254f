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

  /// The picture at another size, as PIL's `resize`: columns first, then rows. (From version 13 on, PIL takes the rows
  /// first where the height shrinks much more than the width, which changes some pixels by a level.)
  ///
  /// - Parameters:
  ///   - antialias: widen the filter when shrinking, as PIL and torchvision on PIL pictures do; without it the result
  ///     is that of PyTorch's `interpolate(align_corners=False)`.
  ///   - rounding: 8-bit arithmetic as PIL's, to the bit: the picture and the results of both passes are rounded to 8
  ///     bits and clamped. Off for exact arithmetic.
  public func resized(
    width: Int, height: Int, filter: Filter, antialias: Bool = true, rounding: Bool = true
  ) -> Image {
    precondition(width > 0 && height > 0, "a picture has at least one pixel")
    // PIL skips a pass that would change nothing.
    if width == self.width && height == self.height { return self }
    let columns = ResamplingPass(inputs: self.width, outputs: width, filter: filter, antialias: antialias)
    let rows = ResamplingPass(inputs: self.height, outputs: height, filter: filter, antialias: antialias)
    let count = channels * width * height
    let pixels: [Float]
    if rounding {
      let levels = resample(self.levels, columns, rows, to: width, count)
      pixels = levels.map { Float($0) / 255 }
    } else {
      pixels = resample(self.pixels, columns, rows, to: width, count)
    }
    return Image(width: width, height: height, channels: channels, pixels: pixels)
  }

  /// Resamples each plane, columns first. A pass mixes whole rows, which vectorizes; the columns go through it
  /// transposed.
  private func resample<Sample: Resampled>(
    _ source: [Sample], _ columns: ResamplingPass, _ rows: ResamplingPass, to width: Int, _ count: Int
  ) -> [Sample] {
    let narrowArea = self.height * width
    let standing = UnsafeMutablePointer<Sample>.allocate(capacity: max(area, narrowArea))
    let narrow = UnsafeMutablePointer<Sample>.allocate(capacity: narrowArea)
    defer {
      standing.deallocate()
      narrow.deallocate()
    }
    return [Sample](unsafeUninitializedCapacity: count) { target, initialized in
      initialized = count
      source.withUnsafeBufferPointer { source in
        for channel in 0..<channels {
          guard let plane = source.baseAddress?.advanced(by: channel * area),
            let result = target.baseAddress?.advanced(by: channel * (count / channels))
          else { return }
          if width == self.width {
            Sample.apply(rows, plane, result, length: width)
          } else {
            Sample.transpose(plane, standing, rows: height, columns: self.width)
            Sample.apply(columns, standing, narrow, length: height)
            Sample.transpose(narrow, standing, rows: width, columns: height)
            Sample.apply(rows, standing, result, length: width)
          }
        }
      }
    }
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
