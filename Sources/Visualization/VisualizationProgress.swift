/// How far a visualization has come.
public struct VisualizationProgress: Sendable, Equatable {
  /// Steps done.
  public let step: Int
  /// Steps in all.
  public let steps: Int
  /// The loss of the last step.
  public let loss: Double
}

/// The state of the ascent after one step, for the gallery's curves.
public struct TracePoint: Sendable, Equatable, Codable {
  /// The step, counted from 1.
  public let step: Int
  /// The total loss before that step's update.
  public let loss: Double
  /// The target's activation on what the network saw in that step (the mean over the batch).
  public let activation: Double
  /// The softmax probability of the target class, `nil` for inner units.
  public let probability: Double?
}
