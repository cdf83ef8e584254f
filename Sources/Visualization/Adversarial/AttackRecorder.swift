import Foundation
import Imaging
import Models
import NeuralNetwork

/// Keeps what an attack tells of its way: the pictures on it, what the network says of them, and in the end the result.
final class AttackRecorder {
  /// The natural picture in 8 bits, C×H×W in [0, 1].
  let clean: [Float]
  /// The class that the picture shows.
  let source: Int
  /// The class that the network is to see.
  let target: ResolvedTarget
  let goal: AttackGoal
  let classifier: SingleClassifier
  private let request: AdversarialRequest
  private let shape: BatchShape
  private let bound: ChangeBound
  private let steps: Int
  private let pathSteps: Set<Int>
  private let begin = ContinuousClock.now
  private let before: [Double]
  private var path: [AdversarialExample.Point] = []
  private var trace: [TracePoint] = []

  /// Begins to measure time; `steps` are the most that the attack will make. Throws ``VisualizationError`` if the request
  /// doesn't fit the network.
  init(
    _ request: AdversarialRequest, attack: String, model: Model, goal: AttackGoal, bound: ChangeBound,
    steps: Int
  ) throws {
    let shape = model.inputShape
    let classes = model.graph[model.logits].shape.last ?? 0
    guard model.hasClasses, classes > 1 else {
      throw VisualizationError.unsupported(
        method: attack, reason: "the network has no classes to choose between")
    }
    target = try Target.classLogit(request.target).resolved(in: model)
    guard request.picture.count == shape.total else {
      throw VisualizationError.startSize(count: request.picture.count, expected: shape.total)
    }
    if let source = request.source, !(0..<classes).contains(source) {
      throw VisualizationError.classOutOfRange(source, count: classes)
    }
    clean = request.picture.map(EightBit.rounded)
    classifier = try SingleClassifier(
      model, options: .init(precision: request.precision, threads: request.threads))
    before = try classifier.probabilities(clean)
    source = request.source ?? before.indices.max { [before] in before[$0] < before[$1] } ?? 0
    pathSteps = Recorder.evenlySpaced(request.snapshots, of: steps)
    self.request = request
    self.shape = shape
    self.goal = goal
    self.bound = bound
    self.steps = steps
    path = [point(0, clean, before)]
  }

  /// The class that the attack goes towards, or away from if that is its goal.
  var aim: Int { goal == .targeted ? request.target : source }

  /// Takes note of a step. `picture` gives the changed picture after it.
  func record(_ step: Int, loss: Double, of ascent: Ascent, picture: () -> [Float]) throws {
    if step % max(1, steps / 100) == 0 || step == 1 || step == steps {
      let (activation, probability) = ascent.activation()
      trace.append(TracePoint(step: step, loss: loss, activation: activation, probability: probability))
    }
    if pathSteps.contains(step) {
      let rounded = bound.rounded(picture(), clean: clean)
      path.append(point(step, rounded, try classifier.probabilities(rounded)))
    }
  }

  /// The example of a finished attack, whose picture is brought to 8 bits within the bound.
  func example(_ picture: [Float], steps: Int) throws -> AdversarialExample {
    let result = bound.rounded(picture, clean: clean)
    let after = try classifier.probabilities(result)
    // The result takes the place of what was kept of the last step.
    path.removeAll { $0.step > 0 && $0.step >= steps }
    path.append(point(steps, result, after))
    return AdversarialExample(
      clean: EightBit.image(clean, shape), adversarial: EightBit.image(result, shape),
      change: zip(result, clean).map { $0 - $1 }, goal: goal, source: source, target: request.target,
      before: before, after: after, path: path, trace: trace, steps: steps,
      seconds: (ContinuousClock.now - begin) / .seconds(1))
  }

  private func point(_ step: Int, _ picture: [Float], _ probabilities: [Double]) -> AdversarialExample.Point {
    AdversarialExample.Point(
      step: step, image: EightBit.image(picture, shape), sourceProbability: probabilities[source],
      targetProbability: probabilities[request.target])
  }
}
