public import Models
public import NeuralNetwork
import Tensor

/// A method that wants of its natural pictures only how activations are distributed in some layers. Who makes several
/// pictures from the same references may measure them once, and share what was found.
public protocol DistributionMatching: Method {
  /// The settings with their defaults for targets within a layer, or for classes and sums over several layers.
  static func schema(for model: Model, layer: String?) -> [Setting]
  /// The method for targets within a layer, or for classes and sums over several layers. Throws ``VisualizationError`` as
  /// `init(model:overrides:)` does.
  init(model: Model, overrides: Settings, layer: String?) throws(VisualizationError)
  /// The layers whose distributions are matched, in the order of the settings.
  var matchedLayers: [String] { get }
  /// How many natural pictures are matched, at most.
  var referenceLimit: Int { get }
  /// What decides which part of the references counts, other than layers: empty if no target does.
  var weightingName: String { get }
  /// What references have in the matched layers, as a target sees it. Throws ``VisualizationError`` for pictures of a wrong
  /// size or none, `NetworkError`, and what `progress` throws, which is called with the number of pictures done.
  func measure(
    _ references: [[Float]], for target: Target, options: Executor.Options,
    progress: (Int) throws(CancellationError) -> Void
  ) throws -> ReferenceStatistics
}

extension DistributionMatching {
  /// The settings for classes.
  public static func schema(for model: Model) -> [Setting] { schema(for: model, layer: nil) }

  /// The method for classes.
  public init(model: Model, overrides: Settings = Settings()) throws(VisualizationError) {
    try self.init(model: model, overrides: overrides, layer: nil)
  }

  /// Which of so many natural pictures are matched, ascending: all, or as many as the limit allows, drawn at random
  /// by the seed.
  public func drawReferences(from count: Int, seed: UInt64) -> [Int] {
    guard count > referenceLimit else { return Array(0..<count) }
    var random = RandomSource(seed: seed, label: "references")
    var indices = Array(0..<count)
    for place in 0..<referenceLimit { indices.swapAt(place, random.integer(in: place...count - 1)) }
    return indices.prefix(referenceLimit).sorted()
  }
}

extension Method {
  /// Of settings that are written for classes those that targets within a layer share: whose default is the same there.
  public static func shared(_ settings: Settings, model: Model, layer: String?) -> Settings {
    guard layer != nil, let type = Self.self as? any DistributionMatching.Type else { return settings }
    let own = type.schema(for: model, layer: layer)
    let others = Set(schema(for: model).filter { !own.contains($0) }.map(\.name))
    return Settings(settings.values.filter { !others.contains($0.key) })
  }

  /// The method for targets within a layer, where it has defaults of its own for them; for classes and sums over several
  /// layers if `layer` is `nil`. Throws ``VisualizationError`` as `init(model:overrides:)` does.
  public static func make(
    model: Model, overrides: Settings, layer: String?
  ) throws(VisualizationError) -> any Method {
    guard let type = Self.self as? any DistributionMatching.Type else {
      return try Self(model: model, overrides: overrides)
    }
    return try type.init(model: model, overrides: overrides, layer: layer)
  }
}
