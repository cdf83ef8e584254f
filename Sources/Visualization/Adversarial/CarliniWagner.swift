public import Models
import NeuralNetwork
import Tensor

/// Carlini and Wagner's L2 attack ("Towards Evaluating the Robustness of Neural Networks", IEEE S&P 2017, section VI.A):
/// the shortest change that succeeds.
///
/// With x′ = ½(tanh w + 1), Adam lowers ‖x′ − x‖² + c·max(max over i ≠ t of Zᵢ − Z_t, −κ) over w, begun anew at the clean
/// picture for each constant c. c grows tenfold until the attack succeeds, then it is halved in between; the shortest
/// success of all counts. The defaults are those of the authors' code (nine constants, 1000 steps, rate 0.01, c from
/// 0.001, a descent ended early once it no longer falls); the paper takes 20 constants and 10,000 steps.
///
/// Ours: a success counts only if the picture rounded to 8 bits is one too, and the distances compared are those of
/// rounded pictures. The paper rounds afterwards, and restores what rounding undid by a search among whole levels.
public struct CarliniWagner: Attack {
  /// The complete settings.
  public let settings: Settings
  private let model: Model

  /// An attack on a network. Throws ``VisualizationError`` for settings that don't make sense.
  public init(model: Model, overrides: Settings = Settings()) throws(VisualizationError) {
    settings = try Setting.resolve(overrides, by: Self.schema(for: model), method: Self.description.name)
    self.model = model
  }

  /// Makes one adversarial example; see ``Attack/run(_:progress:)``.
  public func run(
    _ request: AdversarialRequest,
    progress: (VisualizationProgress) throws(CancellationError) -> Void = { _ in }
  ) throws -> AdversarialExample {
    let (searches, steps) = (settings.count("searches"), settings.count("steps"))
    let recorder = try AttackRecorder(
      request, attack: Self.description.name, model: model, goal: AttackGoal(settings), bound: .none,
      steps: searches * steps)
    var search = ConstantSearch(first: settings.number("constant"))
    var best: Candidate?
    var last = recorder.clean
    var done = 0
    for index in 0..<searches {
      let margin = self.margin(aim: recorder.aim, constant: search.constant)
      let ascent = try Ascent(
        parts(TanhPicture(shape: model.inputShape, start: recorder.clean), margin, clean: recorder.clean),
        model: model.graph, target: recorder.target,
        options: .init(precision: request.precision, threads: request.threads))
      var hasSucceeded = false
      var former = Double.infinity
      var random = RandomSource(seed: 0, label: Self.description.name)
      try ascent.run(random: &random) { step in
        done += 1
        if margin.margin <= -settings.number("kappa") {
          let candidate = Candidate(ascent.picture.array, clean: recorder.clean)
          let isShorter = candidate.squares < best?.squares ?? .infinity
          if isShorter || !hasSucceeded, try succeeds(candidate, recorder) {
            hasSucceeded = true
            if isShorter { best = candidate }
          }
        }
        try recorder.record(done, loss: step.loss, of: ascent) { ascent.picture.array }
        try progress(
          VisualizationProgress(step: index * steps + step.number, steps: searches * steps, loss: step.loss))
        return !hasStalled(step, constant: search.constant, former: &former)
      }
      last = ascent.render().array
      search.learn(success: hasSucceeded)
    }
    return try recorder.example(best?.picture ?? last, steps: done)
  }

  /// A picture in 8 bits, and its squared distance from the clean one.
  private struct Candidate {
    let picture: [Float]
    let squares: Double

    init(_ picture: [Float], clean: [Float]) {
      self.picture = ChangeBound.none.rounded(picture, clean: clean)
      squares = zip(self.picture, clean).reduce(0) { sum, pair in
        let difference = Double(pair.0) - Double(pair.1)
        return sum + difference * difference
      }
    }
  }

  /// Whether the network says so of the rounded picture, too.
  private func succeeds(_ candidate: Candidate, _ recorder: AttackRecorder) throws -> Bool {
    let margin = try recorder.classifier.logits(candidate.picture).withUnsafeBufferPointer {
      MarginObjective.margin(recorder.goal, aim: recorder.aim, in: $0)
    }
    return margin <= -settings.number("kappa") && margin < 0
  }

  /// Whether the loss has fallen by less than a ten-thousandth over a tenth of the steps, as in the authors' code.
  private func hasStalled(_ step: Ascent.Step, constant: Double, former: inout Double) -> Bool {
    let interval = max(1, settings.count("steps") / 10)
    guard settings.flag("abort_early"), (step.number - 1) % interval == 0 else { return false }
    // Their loss is higher by a constant, and so never below 0.
    let loss = step.loss + constant * settings.number("kappa")
    if loss > 0.9999 * former { return true }
    former = loss
    return false
  }

  /// The objective with a constant.
  func margin(aim: Int, constant: Double) -> MarginObjective {
    MarginObjective(
      AttackGoal(settings), aim: aim, kappa: settings.number("kappa"), weight: constant, logits: model.logits)
  }

  /// The parts of the loop.
  func parts(_ picture: TanhPicture, _ margin: MarginObjective, clean: [Float]) -> Ascent.Parts {
    Ascent.Parts(
      method: Self.description.name, parameterization: picture, space: .unit,
      transforms: [Normalize(mean: model.input.mean, deviation: model.input.deviation)], objective: margin,
      pictureRegularizers: [SquaredDistance(origin: clean)],
      optimizer: Adam(count: picture.parameters.count), schedule: .constant,
      rate: settings.number("learning_rate"), steps: settings.count("steps"))
  }
}

/// The search for the smallest constant that succeeds.
struct ConstantSearch: Equatable {
  /// The constant to try next.
  private(set) var constant: Double
  /// The greatest that failed.
  private var low = 0.0
  /// The smallest that succeeded.
  private var high: Double?

  init(first: Double) { constant = first }

  /// Chooses the next constant: ten times as much while none has succeeded, and then midway between failure and success.
  mutating func learn(success: Bool) {
    if success { high = min(high ?? constant, constant) } else { low = max(low, constant) }
    if let high {
      constant = (low + high) / 2
    } else {
      // Beyond this the distance counts for nothing in single precision.
      constant = min(constant * 10, 1e10)
    }
  }
}
