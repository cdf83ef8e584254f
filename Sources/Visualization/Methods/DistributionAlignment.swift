import Models
import NeuralNetwork
import Tensor

/// What VITAL and its faster form have in common: a picture in normalized pixels, shifted cyclically in each step,
/// whose activations are to be distributed in some layers like those of natural pictures. They differ in their steps.
struct DistributionAlignment: Sendable {
  /// The method's name, for messages and random numbers.
  let method: String
  let model: Model
  /// The complete settings.
  let settings: Settings
  /// The layers to match, with their weights, all above 0.
  let layers: [(name: String, weight: Double)]
  /// By what relevance activations are weighted; `nil` if they count as they are.
  let weighting: RelevanceWeighting?
  /// How the rate falls, after the settings' warm-up.
  let schedule: Schedule

  /// The method with a schema for targets of a layer, or for classes. Throws ``VisualizationError`` for settings that don't
  /// make sense.
  init(
    method: String, model: Model, schema: [Setting], overrides: Settings, layer: String?,
    schedule: (_ warmUp: Int) -> Schedule
  ) throws(VisualizationError) {
    var settings = try Setting.resolve(overrides, by: schema, method: method)
    let layers = settings.text("layers").split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    // By node, as a layer may have several names.
    var nodes: Set<Graph.NodeID> = []
    for layer in layers { nodes.insert(try model.matchable(layer)) }
    guard !layers.isEmpty, nodes.count == layers.count else {
      throw .invalidSetting(
        method: method, name: "layers", value: settings.text("layers"),
        expected: "names of layers, each once, separated by commas")
    }
    // Published weights belong to the published layers; others count alike.
    if overrides["layers"] != nil, overrides["layer_weights"] == nil {
      settings["layer_weights"] = .numbers(layers.map { _ in 1 })
    }
    let weights = settings.numbers("layer_weights")
    guard weights.count == layers.count, weights.contains(where: { $0 > 0 }) else {
      throw .invalidSetting(
        method: method, name: "layer_weights", value: SettingValue.numbers(weights).description,
        expected: "\(layers.count) numbers, one a layer (\(layers.joined(separator: ", "))), not all zero")
    }
    weighting = RelevanceWeighting(settings)
    if weighting != nil {
      guard settings.text("matching") != Matching.histogram.rawValue else {
        throw .invalidSetting(
          method: method, name: "matching", value: settings.text("matching"),
          expected: "sort or mean-variance with relevance: a histogram doesn't feel how much a channel counts"
        )
      }
      // What the paper gives for classes with relevance (supplement A.1), where nothing else is asked for.
      if layer == nil, model.architecture == "resnet" {
        for name in ["tv_l2", "l2"] where overrides[name] == nil { settings[name] = .number(1e-5) }
      }
    }
    self.method = method
    self.model = model
    self.settings = settings
    self.layers = zip(layers, weights).filter { $0.1 > 0 }.map { (name: $0.0, weight: $0.1) }
    self.schedule = schedule(settings.count("warm_up"))
  }

  /// Makes the picture; see ``Method/visualize(_:progress:)``. `draw` chooses among so many references.
  func visualize(
    _ request: VisualizationRequest, draw: (Int) -> [Int],
    progress: (VisualizationProgress) throws(CancellationError) -> Void
  ) throws -> Visualization {
    try request.check(for: method, model: model)
    let target = try request.target.resolved(in: model)
    let recorder = Recorder(steps: settings.count("steps"), snapshots: request.snapshots)
    let statistics = try self.statistics(for: request, draw: draw)
    recorder.warn(shortage(statistics))
    var random = RandomSource(seed: request.seed, label: method)
    let options = Executor.Options(precision: request.precision, threads: request.threads)
    let parts = try parts(statistics, target, start: request.start, options: options, random: &random)
    let ascent = try Ascent(parts, model: model.graph, target: target, options: options)
    return try ascent.visualize(recorder, random: &random, progress: progress)
  }

  /// The parts of the loop.
  func parts(
    _ statistics: ReferenceStatistics, _ target: ResolvedTarget, start: [Float]?,
    options: Executor.Options, random: inout RandomSource
  ) throws -> Ascent.Parts {
    let shape = model.inputShape
    let space = PictureSpace.normalized(mean: model.input.mean, deviation: model.input.deviation)
    var transforms: [any Transform] = [Jitter(limit: settings.count("jitter"))]
    if settings.flag("flip") { transforms.append(RandomFlip(probability: 0.5)) }
    return Ascent.Parts(
      method: method, parameterization: pixels(start, in: space, random: &random), space: space,
      transforms: transforms, objective: try objective(statistics, target, options),
      inputRegularizers: regularizers,
      optimizer: Adam(
        count: shape.total, betas: (settings.number("beta1"), settings.number("beta2")),
        // Which only the fast form's schema has.
        isCautious: settings["cautious"] == .flag(true)),
      schedule: schedule, rate: settings.number("learning_rate"), steps: settings.count("steps"))
  }

  /// The variable: noise, or a given picture in [0, 1].
  private func pixels(_ start: [Float]?, in space: PictureSpace, random: inout RandomSource) -> Pixels {
    let shape = model.inputShape
    var initial = [Float](repeating: 0, count: shape.total)
    random.fillNormal(&initial, deviation: settings.float("noise"))
    if let start { initial = space.picture(fromUnit: start, area: shape.area) }
    let bounds =
      settings.flag("clip")
      ? Pixels.bounds(mean: model.input.mean, deviation: model.input.deviation)
      : model.input.mean.map { _ in -Float.greatestFiniteMagnitude...Float.greatestFiniteMagnitude }
    return Pixels(shape: shape, start: initial, bounds: bounds)
  }

  private var regularizers: [any Regularizer] {
    var result: [any Regularizer] = []
    if settings.number("tv_l2") > 0 { result.append(TotalVariation(weight: settings.float("tv_l2"))) }
    if settings.number("tv_l1") > 0 { result.append(AbsoluteVariation(weight: settings.float("tv_l1"))) }
    if settings.number("l2") > 0 { result.append(PictureNorm(weight: settings.float("l2"))) }
    return result
  }
}
