public import NeuralNetwork
import Support

/// A family of networks as a function from hyperparameters, the stored properties of the conforming type, to a graph.
public protocol Architecture: Sendable {
  /// The family's name in `model.yaml`.
  static var name: String { get }
  /// The keys of `model.yaml` that set its hyperparameters.
  static var keys: [String] { get }
  /// A tensor that every checkpoint of the family has and no other's does.
  static func recognizes(_ shapes: TensorShapes) -> Bool
  /// Hyperparameters as `settings` say, and where they say nothing as the checkpoint's shapes tell.
  init(_ shapes: TensorShapes, settings: YAMLMapping) throws(ModelError)

  /// What people call this member of the family: "ResNet-50".
  var title: String { get }
  /// What fixes this member of the family, for listings.
  var hyperparameters: [Hyperparameter] { get }
  /// Number of classes.
  var classes: Int { get }
  /// Side of the pictures that it is made for, in pixels, if its weights tell; else 224.
  var inputSize: Int { get }
  /// The classes' names if nobody gives them.
  var classNames: [String] { get }
  /// Whether its scores are those of classes; a network may have none before they are named.
  var hasClasses: Bool { get }
  /// The network whose classes have these names. Throws ``ModelError`` if it has another number of them.
  func naming(_ classes: ClassSource) throws(ModelError) -> Self
  /// How it wants its pictures, if nobody says otherwise; ImageNet's preparation unless a family has its own.
  var input: InputSpecification { get }
  /// Whose preparation ``input`` is: weights don't tell how they were trained, their names only in which codebase.
  var inputOwner: String { get }
  /// Whether a tensor of the checkpoint serves training alone and may be left over.
  func ignores(_ tensor: String) -> Bool
  /// Appends its layers.
  func build(_ builder: inout GraphBuilder) throws(NetworkError) -> Landmarks
}

extension Architecture {
  /// ImageNet's where there are as many classes, else numbers.
  public var classNames: [String] {
    classes == ImageNet.labels.count ? ImageNet.labels : (0..<classes).map { "class \($0)" }
  }

  /// Yes.
  public var hasClasses: Bool { true }

  /// The network itself, if there are as many names as its weights have classes.
  public func naming(_ classes: ClassSource) throws(ModelError) -> Self {
    guard classes.names.count == self.classes else {
      throw .text(
        path: classes.path, line: 0, column: 0,
        reason:
          "\(classes.names.count) labels, but the network of \(classes.checkpoint.path) has \(self.classes) classes"
      )
    }
    return self
  }

  /// ImageNet's preparation at the family's size.
  public var input: InputSpecification { InputSpecification(size: inputSize) }

  /// torchvision's.
  public var inputOwner: String { "torchvision's weights of ImageNet" }

  /// None that are worth a listing.
  public var hyperparameters: [Hyperparameter] { [] }

  /// None.
  public func ignores(_ tensor: String) -> Bool { false }
}

/// The nodes of a network that methods ask for by their part in it.
public struct Landmarks: Sendable {
  /// Class scores before the softmax.
  public var logits: Graph.NodeID
  /// The features that feed the classifier, one number a channel.
  public var penultimate: Graph.NodeID
  /// The value that ``penultimate`` pools or picks from: a C×H×W map, or T×D tokens, the class token first.
  public var penultimateMap: Graph.NodeID?
  /// From the stem on, the nodes whose distributions VITAL matches, with the names to show them by.
  public var stages: [(name: String, node: Graph.NodeID)]
}

/// The families that Vitrine knows.
public enum Architectures {
  /// All of them.
  public static let all: [any Architecture.Type] = [
    CIFARResNet.self, ResNet.self, ResNetV2.self, DenseNet.self, ConvNeXt.self, VGG.self, SqueezeNet.self,
    MobileNetV2.self, EfficientNet.self, GoogLeNet.self, InceptionV3.self, VisionTransformer.self,
    CLIPImageTower.self,
  ]

  /// The family of a name. Throws what `fault` makes of the reason if there is none.
  static func named(
    _ name: String, fault: (String) -> ModelError
  ) throws(ModelError) -> any Architecture.Type {
    let known = all.map { $0.name }
    guard let index = known.firstIndex(of: name) else {
      throw fault(
        "unknown architecture \"\(name)\"\(Suggestion.clause(for: name, among: known)) "
          + "(known: \(known.joined(separator: ", ")))")
    }
    return all[index]
  }

  /// The family that a checkpoint's tensors show. Throws ``ModelError`` if none does.
  static func recognized(_ shapes: TensorShapes) throws(ModelError) -> any Architecture.Type {
    if let architecture = all.first(where: { $0.recognizes(shapes) }) { return architecture }
    let examples = shapes.names.prefix(4).map { "\"\($0)\"" }.joined(separator: ", ")
    let names = examples.isEmpty ? "it holds no tensors" : "it holds \(examples) and so on"
    let nearest = nearest(to: shapes).map { " By the names, the nearest is \($0)." } ?? ""
    throw .architecture(
      path: shapes.path,
      reason: """
        no known architecture fits: \(names).\(nearest) Known are \
        \(all.map { $0.name }.joined(separator: ", ")), with their codebases' names of tensors
        """)
  }
}
