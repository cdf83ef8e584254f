public import Models

/// What plan and pages must know of a model, without its weights.
public struct ModelFacts: Codable, Sendable, Equatable {
  /// What people call it.
  public var title: String
  /// Its family.
  public var architecture: String
  /// The input's side in pixels.
  public var inputSize: Int
  /// A label a class.
  public var labels: [String]
  /// How many numbers were learned.
  public var parameterCount: Int
  /// The digest of the weights' file.
  public var weightsHash: String
  /// The digest of its hyperparameters and of how its pictures are prepared.
  public var networkHash: String
  /// What is known of its training.
  public var training: TrainingNote?
  /// The layers in evaluation order.
  public var layers: [Model.Layer]

  /// The facts of a loaded model.
  init(_ model: Model) {
    title = model.title
    architecture = model.architecture
    inputSize = model.input.size
    labels = model.labels
    parameterCount = model.parameterCount
    weightsHash = model.weightsHash
    networkHash = model.networkHash
    training = model.training
    layers = model.layers
  }

  /// Multiplications and additions of one picture's way forward, roughly: each learned number is used once at
  /// each position of its layer's value.
  public var work: Double {
    layers.reduce(0) { sum, layer in
      let positions = layer.shape.count < 2 ? 1 : layer.shape.reduce(1, *) / max(layer.unitCount, 1)
      return sum + 2 * Double(layer.parameterCount) * Double(positions)
    }
  }
}
