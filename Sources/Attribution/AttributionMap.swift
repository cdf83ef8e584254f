/// How much each number of a picture speaks for a target.
public struct AttributionMap: Sendable, Equatable {
  /// C×H×W, as the prepared picture; above zero what speaks for the target.
  public let relevance: [Float]
  /// The target's activation.
  public let activation: Double
  /// What was sent back: by rules the sum of the relevance at the start, else the activation.
  public let start: Double

  /// What arrived at the picture.
  public var sum: Double { relevance.reduce(0) { $0 + Double($1) } }
}
