public import Models
public import NeuralNetwork

/// VITAL (Görgün, Schiele & Fischer, "VITAL: More Understandable Feature Visualization through Distribution
/// Alignment and Relevant Information Flow", arXiv 2503.22399): the picture whose activations are distributed in
/// five layers of the network like those of natural pictures of the target.
///
/// With the authors' settings for class neurons: the variable is the normalized picture itself, begun as N(0, 1);
/// each step shifts it cyclically, runs the network, and takes the sum over layers of
/// wₗ·mean((a − t[rank of a])²), where t are the mean sorted activations of the references. There is no logit and
/// no cross-entropy in the loss. Adam(0.5, 0.9) at rate 1 with warm-up and cosine; clipped to black and white.
///
/// What is ours: settings in pixels belong to inputs of 224 and shrink or grow with the input; a network of a family
/// that the paper doesn't list gets its stem and the ends of its four stages, of equal weight; and the other distances
/// that distributions can be matched by, see ``Matching``.
///
/// For neurons within the network (section 3.2, and the authors' code) activations count by their relevance, see
/// ``RelevanceMatching``, in the layers below the neuron. Targets of the stem, and sums over several layers, have no
/// relevance and are matched as classes are.
public struct VITAL: DistributionMatching {
  let alignment: DistributionAlignment

  /// The method for targets within a layer, or for classes and sums over several layers. Throws ``VisualizationError`` for
  /// settings that don't make sense.
  public init(model: Model, overrides: Settings, layer: String?) throws(VisualizationError) {
    alignment = try DistributionAlignment(
      method: Self.description.name, model: model, schema: Self.schema(for: model, layer: layer),
      overrides: overrides, layer: layer, schedule: Schedule.cosine(warmUp:))
  }

  /// The complete settings.
  public var settings: Settings { alignment.settings }
  /// The layers to match.
  public var matchedLayers: [String] { alignment.layers.map(\.name) }
  /// How many natural pictures are matched, at most.
  public var referenceLimit: Int { settings.count("references") }
  /// By what relevance activations are weighted.
  public var weightingName: String { alignment.weighting?.name ?? "" }

  /// What references have in the matched layers.
  public func measure(
    _ references: [[Float]], for target: Target, options: Executor.Options,
    progress: (Int) throws(CancellationError) -> Void
  ) throws -> ReferenceStatistics {
    try alignment.measure(references, for: target, options: options, progress: progress)
  }

  /// Makes the picture; see ``Method/visualize(_:progress:)``.
  public func visualize(
    _ request: VisualizationRequest, progress: (VisualizationProgress) throws(CancellationError) -> Void
  ) throws -> Visualization {
    try alignment.visualize(
      request, draw: { drawReferences(from: $0, seed: request.seed) }, progress: progress)
  }
}
