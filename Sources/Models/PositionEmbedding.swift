import NeuralNetwork

/// The embedding of positions of a vision transformer, and how it is brought to pictures of another size than it was
/// learned for: resampled bicubically as an image of its patches, while the tokens before the patches keep theirs.
public struct PositionEmbedding: Sendable {
  /// The ways of the codebases.
  public enum Resampling: Sendable {
    /// torchvision's `interpolate_embeddings`: a = −0.75, corners on corners.
    case alignedCorners
    /// Hugging Face's `interpolate_pos_encoding`: a = −0.75, pixels as areas.
    case areas
    /// timm's `resample_abs_pos_embed`: as PIL, a = −0.5 and a wider filter where the picture shrinks.
    case antialiased
  }

  /// The tensor.
  public var name: String
  /// Patches a side that it was learned for.
  public var side: Int
  /// How it is brought to another number of patches.
  public var resampling: Resampling

  /// An embedding of that name.
  public init(_ name: String, side: Int, resampling: Resampling) {
    self.name = name
    self.side = side
    self.resampling = resampling
  }

  /// The learned numbers, 1×(before + side²)×width, as 1×(before + rows·columns)×width.
  func resampled(_ learned: Parameter, before: Int, rows: Int, columns: Int) -> Parameter {
    guard rows != side || columns != side, let width = learned.shape.last else { return learned }
    let shape = [1, before + rows * columns, width]
    guard !learned.isMissing else { return Parameter(missing: learned.name, shape: shape) }
    let values = learned.values
    var numbers = [Float](repeating: 0, count: shape[1] * width)
    for index in 0..<before * width { numbers[index] = values[index] }
    let horizontal = (0..<columns).map { taps(at: $0, of: columns) }
    for (row, vertical) in (0..<rows).map({ taps(at: $0, of: rows) }).enumerated() {
      for (column, across) in horizontal.enumerated() {
        let to = (before + row * columns + column) * width
        for (y, weight) in vertical {
          for (x, other) in across {
            let from = (before + y * side + x) * width
            let factor = Float(weight * other)
            for index in 0..<width { numbers[to + index] += factor * values[from + index] }
          }
        }
      }
    }
    return Parameter(name: learned.name, shape: shape, copying: numbers)
  }

  /// The learned patches that a patch mixes along one axis, with their weights.
  private func taps(at place: Int, of count: Int) -> [(place: Int, weight: Double)] {
    let scale = Double(side) / Double(count)
    switch resampling {
    case .alignedCorners, .areas:
      let center =
        resampling == .areas
        ? (Double(place) + 0.5) * scale - 0.5
        : count > 1 ? Double(place) * Double(side - 1) / Double(count - 1) : 0
      let first = Int(center.rounded(.down))
      return (first - 1...first + 2).map { sample in
        (min(max(sample, 0), side - 1), Self.cubic(Double(sample) - center, a: -0.75))
      }
    case .antialiased:
      let widening = max(scale, 1)
      let center = (Double(place) + 0.5) * scale
      let first = max(0, Int(center - 2 * widening + 0.5))
      let last = min(side, Int(center + 2 * widening + 0.5))
      let taps = (first..<max(last, first)).map { sample in
        (place: sample, weight: Self.cubic((Double(sample) - center + 0.5) / widening, a: -0.5))
      }
      let sum = taps.reduce(0) { $0 + $1.weight }
      return taps.map { ($0.place, $0.weight / sum) }
    }
  }

  /// Keys' cubic convolution (1981), equation 4 with a free parameter.
  private static func cubic(_ x: Double, a: Double) -> Double {
    let x = abs(x)
    if x < 1 { return ((a + 2) * x - (a + 3)) * x * x + 1 }
    return x < 2 ? ((a * x - 5 * a) * x + 8 * a) * x - 4 * a : 0
  }
}
