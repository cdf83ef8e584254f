import Models
import NeuralNetwork
import Tensor

/// What FGSM, PGD and activation maximization have in common: one ascent of a change of the picture, within a bound.
struct ChangeAttack {
  /// What is optimized.
  enum Loss: Sendable {
    /// The cross-entropy: lowered of the class to go towards, raised of the class to get away from.
    case crossEntropy
    /// The target's logit, raised.
    case logit
  }

  let name: String
  let model: Model
  var goal = AttackGoal.targeted
  var loss = Loss.crossEntropy
  let bound: ChangeBound
  let steps: Int
  /// Of the optimizer, for pixels in 0…1.
  let rate: Double
  /// Prices on the change.
  var prices: [any Regularizer] = []
  /// The probability of the target at which to stop; if `nil`, all steps are made.
  var confidence: Double?
  /// The optimizer for so many numbers.
  let optimizer: @Sendable (Int) -> any Optimizer

  /// Attacks one picture. `start` sets the first change; there is none if it does nothing.
  func run(
    _ request: AdversarialRequest, start: (Perturbation, inout RandomSource) -> Void = { _, _ in },
    progress: (VisualizationProgress) throws(CancellationError) -> Void
  ) throws -> AdversarialExample {
    let recorder = try AttackRecorder(
      request, attack: name, model: model, goal: goal, bound: bound, steps: steps)
    let change = Perturbation(shape: model.inputShape, of: recorder.clean, bound: bound)
    var random = RandomSource(seed: request.seed, label: name)
    start(change, &random)
    change.constrain()
    let ascent = try Ascent(
      parts(change, aim: recorder.aim, target: recorder.target), model: model.graph, target: recorder.target,
      options: .init(precision: request.precision, threads: request.threads))
    var done = 0
    try ascent.run(random: &random) { step in
      done = step.number
      try recorder.record(step.number, loss: step.loss, of: ascent) { ascent.render().array }
      try progress(VisualizationProgress(step: step.number, steps: steps, loss: step.loss))
      // The probability belongs to the picture before this step's update, which is near enough to stop by: the result
      // is judged anew.
      guard let confidence else { return true }
      return (ascent.activation().probability ?? 0) < confidence
    }
    return try recorder.example(ascent.render().array, steps: done)
  }

  /// The parts of the loop. `aim` is the class that the loss is about.
  func parts(_ change: Perturbation, aim: Int, target: ResolvedTarget) -> Ascent.Parts {
    let objective: any Objective =
      switch loss {
      case .crossEntropy:
        CrossEntropyObjective(
          aims: [aim], logits: model.logits, in: model.graph, weight: goal == .targeted ? 1 : -1)
      case .logit: ActivationObjective(target, in: model.graph, batch: 1)
      }
    return Ascent.Parts(
      method: name, parameterization: change, space: .unit,
      transforms: [Normalize(mean: model.input.mean, deviation: model.input.deviation)], objective: objective,
      parameterRegularizers: prices, optimizer: optimizer(change.parameters.count), schedule: .constant,
      rate: rate, steps: steps)
  }
}
