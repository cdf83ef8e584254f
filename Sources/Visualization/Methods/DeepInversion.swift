import Foundation
public import Models
import NeuralNetwork
import Tensor

/// DeepInversion (Yin, Molchanov, Li, Alvarez, Mallya, Hoiem, Jha & Kautz, "Dreaming to Distill: Data-free Knowledge
/// Transfer via DeepInversion", CVPR 2020): a batch of pictures of given classes whose statistics in all batch
/// normalizations are those of the training pictures.
///
/// The loss is main·cross-entropy + r·Σ(‖variance − running variance‖ + ‖mean − running mean‖) + total variation +
/// norm (equations 2 to 4), on the shifted and mirrored normalized batch; no teacher and student. The variable is the
/// normalized batch, begun as N(0, 1). With the authors' settings: Adam(0.5, 0.9) with warm-up and cosine, clipped to
/// black and white after each step; 2000 steps on means of 2×2 pixels, with half the shift, then 1000 in full, the
/// optimizer begun anew. The first picture of the batch is shown, as it was after the step with the lowest loss.
///
/// Ours: the lowest loss is looked for in the last stage only, for the losses of two sizes can't be compared. The
/// first picture shows the target and the others the classes after it in turn, where the authors choose classes for
/// all; for inner units, which the paper doesn't treat, the activation of all pictures takes the place of the
/// cross-entropy. Shifts in pixels belong to inputs of 224 and go in proportion.
public struct DeepInversion: Method {
  /// The complete settings.
  public let settings: Settings
  private let model: Model

  /// DeepInversion for a network. Throws ``VisualizationError`` for settings that don't make sense, and for networks
  /// without batch normalization.
  public init(model: Model, overrides: Settings = Settings()) throws(VisualizationError) {
    let name = Self.description.name
    var variant = Variant.authors
    if case .text(let word) = overrides["variant"], let known = Variant(rawValue: word) { variant = known }
    settings = try Setting.resolve(overrides, by: Self.schema(for: model, variant: variant), method: name)
    self.model = model
    guard model.graph.nodes.contains(where: \.isBatchNorm) else {
      throw .unsupported(
        method: name,
        reason:
          "\(model.name) has no batch normalization, whose statistics the method works with; use another method"
      )
    }
  }

  /// Makes the picture; see ``Method/visualize(_:progress:)``.
  public func visualize(
    _ request: VisualizationRequest, progress: (VisualizationProgress) throws(CancellationError) -> Void
  ) throws -> Visualization {
    try request.check(for: Self.description.name, model: model)
    let target = try request.target.resolved(in: model)
    let stages = self.stages
    let recorder = Recorder(steps: stages.reduce(0) { $0 + $1.steps }, snapshots: request.snapshots)
    var random = RandomSource(seed: request.seed, label: "deep-inversion")
    let pixels = pixels(start: request.start, random: &random)
    let ascents = StagedAscent(
      count: stages.count,
      make: { index, _, _ in
        let graph = try self.graph(stages[index])
        return try Ascent(
          parts(stages[index], pixels, target, in: graph), model: graph, target: target,
          options: .init(precision: request.precision, threads: request.threads))
      }, keepsBest: true)
    return try ascents.visualize(recorder, random: &random, progress: progress)
  }

  /// One resolution of the schedule.
  struct Stage {
    let steps: Int
    /// Whether the network sees means of 2×2 pixels.
    let isCoarse: Bool
  }

  /// The resolutions in turn.
  var stages: [Stage] {
    let coarse = Stage(steps: settings.count("coarse_steps"), isCoarse: true)
    return (coarse.steps > 0 ? [coarse] : []) + [Stage(steps: settings.count("steps"), isCoarse: false)]
  }

  /// The network for a resolution. Throws ``VisualizationError`` if it can't take smaller pictures.
  func graph(_ stage: Stage) throws(VisualizationError) -> Graph {
    guard stage.isCoarse else { return model.graph }
    do {
      return try model.graph.resized(
        height: model.inputShape.height / 2, width: model.inputShape.width / 2)
    } catch {
      throw .unsupported(
        method: Self.description.name,
        reason: "\(model.name) can't take pictures of half its size (\(error)); set coarse_steps to 0")
    }
  }

  /// The variable: noise, or a given picture in all places of the batch.
  func pixels(start: [Float]?, random: inout RandomSource) -> Pixels {
    var shape = model.inputShape
    shape.count = settings.count("batch")
    var initial = [Float](repeating: 0, count: shape.total)
    if let start {
      let picture = space.picture(fromUnit: start, area: shape.area)
      initial = (0..<shape.count).flatMap { _ in picture }
    } else {
      random.fillNormal(&initial)
    }
    let bounds =
      settings.flag("clip")
      ? Pixels.bounds(mean: model.input.mean, deviation: model.input.deviation)
      : model.input.mean.map { _ in -Float.greatestFiniteMagnitude...Float.greatestFiniteMagnitude }
    return Pixels(shape: shape, start: initial, bounds: bounds)
  }

  /// The parts of the loop at a resolution.
  func parts(
    _ stage: Stage, _ pixels: Pixels, _ target: ResolvedTarget, in graph: Graph
  ) -> Ascent.Parts {
    let jitter = settings.count("jitter")
    var transforms: [any Transform] = stage.isCoarse ? [Halve()] : []
    transforms.append(Together(Jitter(limit: stage.isCoarse ? jitter / 2 : jitter)))
    if settings.flag("flip") { transforms.append(Together(RandomFlip(probability: 0.5))) }
    return Ascent.Parts(
      method: Self.description.name, parameterization: pixels, space: space, transforms: transforms,
      objective: objective(target, in: graph), inputRegularizers: regularizers,
      optimizer: Adam(
        count: pixels.shape.total, betas: (settings.number("beta1"), settings.number("beta2"))),
      schedule: .cosine(warmUp: settings.count("warm_up")), rate: settings.number("learning_rate"),
      steps: stage.steps, watched: 1)
  }

  /// What the network is asked for: the target, and the statistics.
  private func objective(_ target: ResolvedTarget, in graph: Graph) -> any Objective {
    let batch = settings.count("batch")
    let weight = settings.number("main")
    let main: any Objective
    if let aim = target.classIndex {
      let classes = graph[model.logits].layout.channels
      main = CrossEntropyObjective(
        aims: (0..<batch).map { (aim + $0) % classes }, logits: model.logits, in: graph, weight: weight)
    } else {
      main = WeightedSum(
        [(Float(weight), ActivationObjective(target, in: graph, batch: batch))], in: graph, batch: batch)
    }
    guard settings.number("r_feature") > 0,
      let prior = BatchNormObjective(
        in: graph, batch: batch, weight: settings.number("r_feature"),
        firstMultiplier: settings.number("first_multiplier"))
    else { return main }
    return JointObjective.sum([main, prior], in: graph, batch: batch)
  }

  private var space: PictureSpace {
    .normalized(mean: model.input.mean, deviation: model.input.deviation)
  }

  private var regularizers: [any Regularizer] {
    var result: [any Regularizer] = []
    if settings.number("tv_l2") > 0 { result.append(TotalVariation(weight: settings.float("tv_l2"))) }
    if settings.number("tv_l1") > 0 { result.append(AbsoluteVariation(weight: settings.float("tv_l1"))) }
    if settings.number("l2") > 0 { result.append(PictureNorm(weight: settings.float("l2"))) }
    return result
  }
}

extension Graph.Node {
  /// Whether it normalizes by running statistics.
  fileprivate var isBatchNorm: Bool { if case .batchNorm = operation { true } else { false } }
}
