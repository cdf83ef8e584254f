import Imaging
public import Models

/// How pictures are cut into square patches, each of which is shown to the network at its full input size.
///
/// By default as VITAL's reference search and CRAFT: a side of 64/224 of the input, a step of 0.8 of it, so that 16
/// patches cover a picture of 224 pixels.
public struct PatchGrid: Sendable, Codable, Equatable {
  /// A patch's side as part of the input's.
  public var share: Double
  /// The step between patches as part of a patch's side.
  public var step: Double

  /// A grid; shares are in (0, 1], steps above 0.
  public init(share: Double = 64 / 224, step: Double = 0.8) {
    self.share = share
    self.step = step
  }

  /// A patch's side in pixels of the input, at least 1.
  public func side(_ input: InputSpecification) -> Int {
    min(input.size, max(1, Int((Double(input.size) * share).rounded())))
  }

  /// The patches' left (and upper) edges. What a further whole step doesn't cover at the right is left out.
  public func origins(_ input: InputSpecification) -> [Int] {
    let side = side(input)
    return Array(stride(from: 0, through: input.size - side, by: max(1, Int(Double(side) * step))))
  }

  /// How many patches a picture has.
  public func count(_ input: InputSpecification) -> Int { origins(input).count * origins(input).count }

  /// The left upper corner of a picture's patch, row after row.
  func corner(_ index: Int, _ input: InputSpecification) -> (x: Int, y: Int) {
    let origins = origins(input)
    return (origins[index % origins.count], origins[index / origins.count])
  }

  /// A patch cut from a prepared picture.
  func crop(_ picture: Image, _ index: Int, _ input: InputSpecification) -> Image {
    let (x, y) = corner(index, input)
    return picture.cropped(x: x, y: y, width: side(input), height: side(input))
  }

  /// A patch at the network's input size: bilinear, as PyTorch's `interpolate(align_corners=False)`.
  func enlarged(_ crop: Image, _ input: InputSpecification) -> [Float] {
    crop.resized(width: input.size, height: input.size, filter: .bilinear, antialias: false, rounding: false)
      .pixels
  }
}

extension Model {
  /// Numbers of a prepared picture as an image.
  func image(_ prepared: [Float]) -> Image {
    Image(
      width: input.size, height: input.size, channels: prepared.count / (input.size * input.size),
      pixels: prepared)
  }
}
