/// How far an attribution is.
public struct AttributionProgress: Sendable, Equatable {
  /// What is being done.
  public enum Stage: String, Sendable {
    /// Pictures or patches run through the network.
    case looking
    /// A matrix of activations is taken apart.
    case factorizing
    /// The parts' importance for the class is measured.
    case weighing
  }

  /// What is being done.
  public let stage: Stage
  /// How many pictures or rounds are done.
  public let done: Int
  /// How many there are, at most.
  public let total: Int
}
