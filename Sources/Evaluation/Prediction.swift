/// A class that a model sees in a picture.
public struct Prediction: Sendable, Codable, Equatable {
  /// The class's index.
  public let classIndex: Int
  /// Its label.
  public let label: String
  /// Its softmax probability.
  public let probability: Double

  /// A prediction from its parts.
  public init(classIndex: Int, label: String, probability: Double) {
    self.classIndex = classIndex
    self.label = label
    self.probability = probability
  }
}
