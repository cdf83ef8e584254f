import CKernels

extension Image {
  /// A picture from 8-bit interleaved pixels.
  init(width: Int, height: Int, channels: Int, interleaved bytes: [UInt8]) {
    let area = width * height
    precondition(bytes.count >= area * channels, "each pixel has its bytes")
    let pixels = [Float](unsafeUninitializedCapacity: area * channels) { planes, count in
      vitrine_planes(bytes, planes.baseAddress, Int64(area), Int32(channels))
      count = area * channels
    }
    self.init(width: width, height: height, channels: channels, pixels: pixels)
  }

  /// The pixels as 8-bit interleaved numbers: clamped to [0, 1], times 255, rounded to the nearest. Not a number is an
  /// error: it means that what made the picture went wrong.
  func interleavedBytes() throws(ImageError) -> [UInt8] {
    var valid = true
    let area = area
    let channels = channels
    let bytes = [UInt8](unsafeUninitializedCapacity: pixels.count) { bytes, count in
      pixels.withUnsafeBufferPointer { pixels in
        for channel in 0..<channels {
          for index in 0..<area {
            let value = pixels[channel * area + index]
            // The comparisons of a NaN are false, so that the clamp yields a number for it.
            valid = valid && value == value
            bytes[index * channels + channel] = Image.level(value)
          }
        }
      }
      count = pixels.count
    }
    guard valid else {
      throw ImageError(path: nil, action: "encode", reason: "it has pixels that are not a number (NaN)")
    }
    return bytes
  }

  /// The picture as it would come back from an 8-bit file: clamped to [0, 1] and rounded to multiples of 1/255.
  public func quantized() -> Image {
    Image(
      width: width, height: height, channels: channels,
      pixels: pixels.map { Float(Image.level($0)) / 255 })
  }

  /// The 8-bit levels of all pixels, plane after plane.
  var levels: [UInt8] {
    [UInt8](unsafeUninitializedCapacity: pixels.count) { levels, count in
      vitrine_levels(pixels, levels.baseAddress, Int64(pixels.count))
      count = pixels.count
    }
  }

  /// The 8-bit level of a value.
  static func level(_ value: Float) -> UInt8 {
    let clamped: Float = value > 0 ? (value < 1 ? value : 1) : 0
    return UInt8(clamped * 255 + 0.5)
  }
}
