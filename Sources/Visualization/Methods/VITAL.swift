import Foundation
public import Models
import Network
import Tensor

/// VITAL (Görgün, Schiele & Fischer, "VITAL: More Understandable Feature Visualization through Distribution
/// Alignment and Relevant Information Flow", arXiv 2503.22399): the picture whose activations are distributed in
/// five layers of the network like those of natural pictures of the target.
///
/// With the authors' settings for class neurons: the variable is the normalized picture itself, begun as N(0, 1);
/// each step shifts it cyclically, runs the network, and takes the sum over layers of
/// wₗ·mean((a − t[rank of a])²), where t are the mean sorted activations of the references. There is no logit and
/// no cross-entropy in the loss. Adam(0.5, 0.9) at rate 1 with warm-up and cosine; clipped to black and white.
///
/// What is ours: settings in pixels belong to inputs of 224 and shrink or grow with the input; a network of a
/// family that the paper doesn't list gets the weights of its nearest relative. For inner units the paper weights
/// activations by their relevance; here the distributions of the given references are matched as for classes.
public struct VITAL: DistributionMatching {
  /// The complete settings.
  public let settings: Settings
  private let model: Model
  /// The layers to match.
  public let matchedLayers: [String]

  /// VITAL for a network. Throws ``VisualizationError`` for settings that don't make sense.
  public init(model: Model, overrides: Settings = Settings()) throws(VisualizationError) {
    let name = Self.description.name
    var settings = try Setting.resolve(overrides, by: Self.schema(for: model), method: name)
    let layers = settings.text("layers").split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    for layer in layers { _ = try model.matchable(layer) }
    // Published weights belong to the published layers; others count alike.
    if overrides["layers"] != nil, overrides["layer_weights"] == nil {
      settings["layer_weights"] = .numbers(layers.map { _ in 1 })
    }
    let weights = settings.numbers("layer_weights")
    guard weights.count == layers.count, weights.contains(where: { $0 > 0 }) else {
      throw .invalidSetting(
        method: name, name: "layer_weights", value: SettingValue.numbers(weights).description,
        expected: "\(layers.count) numbers, one a layer (\(layers.joined(separator: ", "))), not all zero")
    }
    self.settings = settings
    self.model = model
    matchedLayers = layers
  }

  /// Makes the picture; see ``Method/visualize(_:progress:)``.
  public func visualize(
    _ request: VisualizationRequest, progress: (VisualizationProgress) throws(CancellationError) -> Void
  ) throws -> Visualization {
    try request.check(for: Self.description.name, model: model)
    let target = try request.target.resolved(in: model)
    let steps = settings.count("steps")
    let recorder = Recorder(steps: steps, snapshots: request.snapshots)
    let statistics = try self.statistics(for: request)
    var random = RandomSource(seed: request.seed, label: "vital")
    let ascent = try Ascent(
      parts(objective: try objective(statistics), start: request.start, random: &random), model: model.graph,
      target: target, options: .init(precision: request.precision, threads: request.threads))
    return try ascent.visualize(recorder, random: &random, progress: progress)
  }

  /// The parts of VITAL's loop.
  func parts(objective: any Objective, start: [Float]?, random: inout RandomSource) -> Ascent.Parts {
    let input = model.input
    let shape = model.inputShape
    let space = PictureSpace.normalized(mean: input.mean, deviation: input.deviation)
    var initial = [Float](repeating: 0, count: shape.total)
    random.fillNormal(&initial)
    if let start { initial = space.picture(fromUnit: start, area: shape.area) }
    let bounds =
      settings.flag("clip")
      ? Pixels.bounds(mean: input.mean, deviation: input.deviation)
      : input.mean.map { _ in -Float.greatestFiniteMagnitude...Float.greatestFiniteMagnitude }
    let pixels = Pixels(shape: shape, start: initial, bounds: bounds)
    var transforms: [any Transform] = [Jitter(limit: settings.count("jitter"))]
    if settings.flag("flip") { transforms.append(RandomFlip(probability: 0.5)) }
    return Ascent.Parts(
      method: Self.description.name, parameterization: pixels, space: space, transforms: transforms,
      objective: objective, inputRegularizers: regularizers,
      optimizer: Adam(count: shape.total, betas: (settings.number("beta1"), settings.number("beta2"))),
      schedule: .cosine(warmUp: settings.count("warm_up")), rate: settings.number("learning_rate"),
      steps: settings.count("steps"))
  }

  /// The match with a set of statistics. Throws ``VisualizationError`` if they don't fit the network.
  func objective(_ statistics: ReferenceStatistics) throws(VisualizationError) -> SortMatching {
    guard statistics.weightsHash == model.weightsHash else {
      throw .statisticsMismatch(reason: "they were made with other weights")
    }
    var matched: [SortMatching.Layer] = []
    for (name, weight) in zip(matchedLayers, settings.numbers("layer_weights")) {
      let node = try model.matchable(name)
      let layout = model.graph[node].layout
      guard let layer = statistics[layer: name] else {
        throw .statisticsMismatch(reason: "they have no layer \(name)")
      }
      guard layer.channels == layout.channels, layer.positions == layout.positions else {
        throw .statisticsMismatch(
          reason: "\(name) has \(layout.channels) channels × \(layout.positions) positions, not "
            + "\(layer.channels) × \(layer.positions)")
      }
      matched.append(SortMatching.Layer(node: node, weight: Float(weight), statistics: layer))
    }
    return SortMatching(matched, in: model.graph)
  }

  private var regularizers: [any Regularizer] {
    var result: [any Regularizer] = []
    if settings.number("tv_l2") > 0 { result.append(TotalVariation(weight: settings.float("tv_l2"))) }
    if settings.number("tv_l1") > 0 { result.append(AbsoluteVariation(weight: settings.float("tv_l1"))) }
    if settings.number("l2") > 0 { result.append(PictureNorm(weight: settings.float("l2"))) }
    return result
  }

  private func statistics(for request: VisualizationRequest) throws -> ReferenceStatistics {
    if let known = request.statistics { return known }
    guard !request.references.isEmpty else {
      throw VisualizationError.missingReferences(method: Self.description.name)
    }
    return try ReferenceStatistics.measure(
      request.references, in: model, layers: matchedLayers, threads: request.threads,
      precision: request.precision)
  }
}
