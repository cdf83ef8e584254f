public import NeuralNetwork
import Support

/// A trained classifier: its graph with weights, its classes, and how it wants its pictures.
public struct Model: Sendable {
  /// The folder's or file's name in lower-case words joined by hyphens.
  public let name: String
  /// What people call it.
  public let title: String
  /// Its family: "resnet", "vision-transformer".
  public let architecture: String
  /// What fixes this member of its family.
  public let hyperparameters: [Hyperparameter]
  /// The network, planned for ``input``'s size.
  public let graph: Graph
  /// How pictures are prepared.
  public let input: InputSpecification
  /// Where ``input`` comes from: "as described", or whose preparation was assumed.
  public let inputNote: String
  /// A label a class, in the order of the logits.
  public let labels: [String]
  /// Whether the logits are scores of classes: CLIP has none before they are named.
  public let hasClasses: Bool
  /// Class scores before the softmax.
  public let logits: Graph.NodeID
  /// The features that feed the classifier: one number a channel.
  public let penultimate: Graph.NodeID
  /// The value that ``penultimate`` pools or picks from: a C×H×W map, or T×D tokens, the class token first.
  public let penultimateMap: Graph.NodeID?
  /// The stem (raw output of the first convolution) and four stages after it, whose distributions VITAL matches.
  public let stages: [Graph.NodeID]
  /// What the ``stages`` are called: "layer4" rather than the block at its end.
  public let stageNames: [String]
  /// SHA-256 of the weights' file.
  public let weightsHash: String
  /// SHA-256 of what besides the weights decides its values: family, hyperparameters, and how pictures are prepared.
  public let networkHash: String
  /// How many numbers were learned; running statistics don't count.
  public let parameterCount: Int
  /// What is known of its training.
  public let training: TrainingNote?

  /// A model of an architecture and a source of weights. Throws ``ModelError`` if they don't fit.
  public init(
    name: String, title: String? = nil, _ architecture: some Architecture, weights: any WeightSource,
    weightsHash: String, input: InputSpecification? = nil, labels: [String]? = nil,
    training: TrainingNote? = nil
  ) throws(ModelError) {
    inputNote =
      input == nil
      ? "assumed, as for \(architecture.inputOwner); say `input:` in a model.yaml beside it if it was trained otherwise"
      : "as described"
    let input = input ?? architecture.input
    var builder = GraphBuilder(size: input.size, weights: weights)
    let landmarks: Landmarks
    do {
      landmarks = try architecture.build(&builder)
    } catch {
      throw .network(path: name, error)
    }
    self.name = name
    self.title = title ?? architecture.title
    self.architecture = type(of: architecture).name
    hyperparameters = architecture.hyperparameters
    graph = builder.graph
    self.input = input
    self.labels = labels ?? architecture.classNames
    hasClasses = architecture.hasClasses
    logits = landmarks.logits
    penultimate = landmarks.penultimate
    penultimateMap = landmarks.penultimateMap
    stages = landmarks.stages.map(\.node)
    stageNames = landmarks.stages.map(\.name)
    self.weightsHash = weightsHash
    networkHash = Digest.sha256("\(architecture)\n\(input)")
    parameterCount = graph.nodes.reduce(0) { $0 + $1.operation.learnedCount }
    self.training = training
  }

  /// A model with hashed weights, which needs no file: for tests and benchmarks. Throws ``ModelError`` if the
  /// architecture can't take pictures of that size.
  public static func hashed(
    _ architecture: some Architecture, input: InputSpecification? = nil, labels: [String]? = nil
  ) throws(ModelError) -> Model {
    try Model(
      name: Slug.of(architecture.title), architecture, weights: HashedWeights(), weightsHash: "hashed",
      input: input, labels: labels)
  }
}
