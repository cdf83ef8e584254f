import NeuralNetwork

/// One operation's way back, planned.
protocol RelevanceStage: AnyObject {
  /// Adds to the relevance of the operation's inputs what they get of its own. Where an input's relevance isn't asked
  /// for, there is no place to add it to.
  func propagate(
    _ relevance: UnsafePointer<Float>, to inputs: [UnsafeMutablePointer<Float>?]
  ) throws(NetworkError)
}

/// What a stage is planned with.
struct RelevanceContext {
  let node: Graph.Node
  let batch: Int
  let options: Executor.Options
  /// Values of the inputs and of the operation itself, N×…, row-major; they stay where they are from run to run.
  let inputs: [UnsafePointer<Float>]
  let value: UnsafePointer<Float>
  /// Extents of the inputs per picture.
  let inputShapes: [[Int]]
  /// Whether the first input has no number below zero, whatever the picture.
  let isNonNegative: Bool
  /// The least and greatest numbers of a picture's channels.
  let bounds: PictureBounds

  var count: Int { batch * node.shape.reduce(1, *) }
  func inputCount(_ index: Int) -> Int { batch * inputShapes[index].reduce(1, *) }
}

/// What a picture's numbers lie between after normalization, one pair a channel.
public struct PictureBounds: Sendable, Equatable {
  /// The least numbers, such as (0 − μ)/σ.
  public var low: [Float]
  /// The greatest numbers, such as (1 − μ)/σ.
  public var high: [Float]

  /// Bounds; as many low as high ones.
  public init(low: [Float], high: [Float]) {
    self.low = low
    self.high = high
  }
}
