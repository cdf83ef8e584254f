import Foundation
public import Models
import Network
import Tensor

/// Targeted adversarial examples by activation maximization from a natural picture (after Zhu & Cangelosi,
/// "Representation Understanding via Activation Maximization", arXiv 2508.07281).
///
/// The change d of the picture is what is optimized: Adam lowers −logit of the target (or the cross-entropy),
/// plus total variation of d, which makes the change structured rather than noisy, and ‖d‖², while no pixel moves
/// farther than a bound and the picture stays within [0, 1]. It stops when the target's probability is high enough.
/// The paper's rate, weights and stopping rule weren't found; those here are ours.
///
/// The clean picture is rounded to 8 bits first, and the result too, without leaving the bound; success is judged
/// on the rounded result, as it will be saved.
public struct AdversarialAttack: Sendable {
  /// The complete settings.
  public let settings: Settings
  private let model: Model

  /// An attack on a network. Throws ``VisualizationError`` for settings that don't make sense.
  public init(model: Model, overrides: Settings = Settings()) throws(VisualizationError) {
    settings = try Setting.resolve(overrides, by: Self.schema, method: Self.description.name)
    self.model = model
  }

  /// Makes one adversarial example. `progress` is called after each step and may cancel.
  public func run(
    _ request: AdversarialRequest,
    progress: (VisualizationProgress) throws(CancellationError) -> Void = { _ in }
  ) throws -> AdversarialExample {
    let begin = ContinuousClock().now
    let name = Self.description.name
    let target = try Target.classLogit(request.target).resolved(in: model)
    let shape = model.inputShape
    guard request.picture.count == shape.total else {
      throw VisualizationError.startSize(count: request.picture.count, expected: shape.total)
    }
    let clean = request.picture.map(EightBit.rounded)
    let classifier = try SingleClassifier(
      model, options: .init(precision: request.precision, threads: request.threads))
    let before = try classifier.probabilities(clean)
    let change = Perturbation(shape: shape, of: clean, bound: settings.float("bound") / 255)
    let ascent = try Ascent(
      parts(change, target: target, name: name), model: model.graph, target: target,
      options: .init(precision: request.precision, threads: request.threads))
    var random = RandomSource(seed: 0, label: name)
    let steps = settings.count("steps")
    let pathSteps = Recorder.evenlySpaced(request.snapshots, of: steps)
    let source = before.indices.max { before[$0] < before[$1] } ?? 0
    var path = [try point(0, clean, source, request.target, classifier)]
    var trace: [TracePoint] = []
    var done = 0
    try ascent.run(random: &random) { step in
      done = step.number
      let (activation, probability) = ascent.activation()
      trace.append(
        TracePoint(step: step.number, loss: step.loss, activation: activation, probability: probability))
      // The probability belongs to the picture before this step's update, which is near enough to stop by: the
      // result is judged anew.
      let isDone = (probability ?? 0) >= settings.number("confidence")
      if pathSteps.contains(step.number) || isDone || step.number == steps {
        path.append(try point(step.number, rounded(change, clean), source, request.target, classifier))
      }
      try progress(VisualizationProgress(step: step.number, steps: steps, loss: step.loss))
      return !isDone
    }
    let result = rounded(change, clean)
    let after = try classifier.probabilities(result)
    return AdversarialExample(
      clean: EightBit.image(clean, shape), adversarial: EightBit.image(result, shape),
      change: zip(result, clean).map { $0 - $1 }, source: source, target: request.target, before: before,
      after: after, path: path, trace: trace, steps: done,
      seconds: (ContinuousClock().now - begin) / .seconds(1))
  }

  private func parts(_ change: Perturbation, target: ResolvedTarget, name: String) -> Ascent.Parts {
    let objective: any Objective =
      settings.text("objective") == "logit"
      ? ActivationObjective(target, in: model.graph, batch: 1)
      : CrossEntropyObjective(
        classIndex: target.classIndex ?? 0, logits: model.logits, in: model.graph, batch: 1)
    var prices: [any Regularizer] = []
    if settings.number("tv_l2") > 0 { prices.append(TotalVariation(weight: settings.float("tv_l2"))) }
    if settings.number("l2") > 0 { prices.append(SquaredNorm(weight: settings.float("l2"))) }
    return Ascent.Parts(
      method: name, parameterization: change, space: .unit,
      transforms: [Normalize(mean: model.input.mean, deviation: model.input.deviation)], objective: objective,
      parameterRegularizers: prices, optimizer: Adam(count: change.parameters.count), schedule: .constant,
      rate: settings.number("learning_rate"), steps: settings.count("steps"))
  }

  /// The changed picture in 8 bits; each number's rounded change is within the bound as the change itself is,
  /// for both the clean picture and a whole bound are multiples of 1/255.
  private func rounded(_ change: Perturbation, _ clean: [Float]) -> [Float] {
    let bound = settings.float("bound").rounded(.down)
    return zip(clean, change.parameters.array).map { value, change in
      let levels = min(max((change * 255).rounded(), -bound), bound)
      return min(max(((value * 255).rounded() + levels) / 255, 0), 1)
    }
  }

  private func point(
    _ step: Int, _ picture: [Float], _ source: Int, _ target: Int, _ classifier: SingleClassifier
  ) throws -> AdversarialExample.Point {
    let probabilities = try classifier.probabilities(picture)
    return AdversarialExample.Point(
      step: step, image: EightBit.image(picture, model.inputShape), sourceProbability: probabilities[source],
      targetProbability: probabilities[target])
  }
}
