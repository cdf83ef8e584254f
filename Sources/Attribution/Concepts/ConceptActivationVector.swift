public import Models
public import NeuralNetwork

/// The direction in a layer's channels that leads from pictures without something to pictures with it.
///
/// After concept activation vectors (Kim et al. 2018, "Interpretability beyond feature attribution: quantitative testing
/// with concept activation vectors (TCAV)", arXiv 1711.11279), but instead of a trained classifier's normal the difference
/// of both means, which needs no training and isn't drawn to what merely separates (Martin & Weller 2019; Pahde et al.
/// 2022, arXiv 2202.03482).
public struct ConceptActivationVector: Sendable, Equatable {
  /// The layer in whose channels it lies, by the name of its node.
  public let layer: String
  /// A weight for each channel, of length 1.
  public let direction: [Float]
  /// How many of the pictures are told apart by a direction that was found without them, from 0 to 1: each half by the
  /// other's direction, at the middle between the other's means. `nil` with fewer than two pictures on a side.
  public let toldApart: Double?

  /// Finds the direction. `with` and `without` count the pictures, each prepared for the model; a picture's channels are
  /// averaged over positions. Throws ``AttributionError`` without pictures and for means that are the same, `ModelError`
  /// for a layer that the model doesn't have, and what `picture` and `progress` throw.
  public static func find(
    in model: Model, layer name: String, with: Int, without: Int, batch: Int = 16,
    options: Executor.Options = .init(), picture: (_ isWith: Bool, _ index: Int) throws -> [Float],
    progress: (AttributionProgress) throws -> Void = { _ in }
  ) throws -> ConceptActivationVector {
    guard with > 0, without > 0 else {
      throw AttributionError.noPictures("both sides of a difference")
    }
    let layer = model.graph[try model.node(name)].name
    let scorer = try PatchScorer(.layer(layer), in: model)
    let runner = try PictureRunner(model: model, taps: scorer.taps, batch: batch, options: options)
    var sides: [[[Float]]] = [[], []]
    try runner.run(
      count: with + without,
      picture: { try $0 < with ? picture(true, $0) : picture(false, $0 - with) }
    ) { index, value in
      var means = [Float](repeating: 0, count: scorer.units)
      means.withUnsafeMutableBufferPointer { scorer.read(value, into: $0) }
      sides[index < with ? 0 : 1].append(means)
      try progress(.init(stage: .looking, done: index + 1, total: with + without))
    }
    let whole = Difference(sides[0], sides[1])
    let length = whole.direction.reduce(0) { $0 + $1 * $1 }.squareRoot()
    guard length.isFinite else { throw AttributionError.notFinite(model: model.name) }
    guard length > 0 else { throw AttributionError.noDifference(layer: layer) }
    return ConceptActivationVector(
      layer: layer, direction: whole.direction.map { Float($0 / length) }, toldApart: toldApart(sides))
  }

  /// Pictures of even and of odd places, each half told apart by what the other one says.
  private static func toldApart(_ sides: [[[Float]]]) -> Double? {
    guard sides.allSatisfy({ $0.count > 1 }) else { return nil }
    let halves = [0, 1].map { parity in
      sides.map { side in side.indices.filter { $0 % 2 == parity }.map { side[$0] } }
    }
    var right = 0
    for (known, asked) in [(halves[0], halves[1]), (halves[1], halves[0])] {
      let difference = Difference(known[0], known[1])
      right += asked[0].count { difference.isWith($0) } + asked[1].count { !difference.isWith($0) }
    }
    return Double(right) / Double(sides[0].count + sides[1].count)
  }

  /// From one mean to the other.
  private struct Difference {
    let direction: [Double]
    private let middle: Double

    init(_ with: [[Float]], _ without: [[Float]]) {
      let (high, low) = (Self.mean(with), Self.mean(without))
      direction = zip(high, low).map { $0 - $1 }
      middle = zip(direction, zip(high, low)).reduce(0) { $0 + $1.0 * ($1.1.0 + $1.1.1) / 2 }
    }

    func isWith(_ means: [Float]) -> Bool {
      zip(direction, means).reduce(0) { $0 + $1.0 * Double($1.1) } > middle
    }

    private static func mean(_ rows: [[Float]]) -> [Double] {
      var sum = [Double](repeating: 0, count: rows.first?.count ?? 0)
      for row in rows { for (index, value) in row.enumerated() { sum[index] += Double(value) } }
      return sum.map { $0 / Double(max(1, rows.count)) }
    }
  }
}
