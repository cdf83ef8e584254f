import CKernels
import Foundation
import NeuralNetwork
import Tensor

/// The one loop of all methods: render, transform, run the network forward, ask the objective, run it backward,
/// send the gradient back to the parameters, and step. All memory is taken before the first step.
final class Ascent {
  /// The parts that a method composes.
  struct Parts {
    var method: String
    var parameterization: any Parameterization
    var space: PictureSpace
    var transforms: [any Transform]
    var objective: any Objective
    /// Prices on what the network sees, transformed and normalized.
    var inputRegularizers: [any Regularizer] = []
    /// Prices on the picture itself.
    var pictureRegularizers: [any Regularizer] = []
    /// Prices on the parameters, taken as one picture.
    var parameterRegularizers: [any Regularizer] = []
    var optimizer: any Optimizer
    var schedule: Schedule
    var rate: Double
    var steps: Int
    /// How many pictures of the batch, the first ones, are watched for the target's activation; all if `nil`.
    var watched: Int?
  }

  let parts: Parts
  let executor: Executor
  /// For the loops beside the network, and the matrix products of a spectrum: their sums depend on it.
  let threads: Threads
  private let pipeline: TransformPipeline
  private let probe: Probe
  /// The picture rendered last: in an observer of a step, the one that the step's loss belongs to.
  let picture: FloatBuffer
  private let pictureGradient: FloatBuffer
  private let inputGradient: FloatBuffer
  /// Σ over steps of |dL/d(picture)|.
  let accumulated: FloatBuffer
  /// Steps in which the network sent no gradient at all.
  private(set) var deadSteps = 0
  /// Steps of the ascents before this one, if it continues them.
  private var stepsBefore = 0

  /// Plans the network for the batch that the transforms make. Throws `NetworkError`, or ``VisualizationError``
  /// if the transforms don't end at the network's input size.
  init(_ parts: Parts, model graph: Graph, target: ResolvedTarget, options: Executor.Options) throws {
    self.parts = parts
    threads = Threads(options.threads)
    let shape = parts.parameterization.shape
    pipeline = TransformPipeline(parts.transforms, input: shape)
    let output = pipeline.output
    guard graph[graph.input].shape == [output.channels, output.height, output.width] else {
      throw VisualizationError.unsupported(
        method: parts.method,
        reason:
          "pictures of \(output.channels)×\(output.height)×\(output.width) don't fit the network's input")
    }
    let taps = Set(parts.objective.taps + target.taps).sorted()
    executor = try Executor(graph: graph, batch: output.count, taps: taps, options: options)
    probe = Probe(target, in: graph, batch: min(parts.watched ?? output.count, output.count))
    picture = FloatBuffer(count: shape.total)
    pictureGradient = FloatBuffer(count: shape.total)
    accumulated = FloatBuffer(count: shape.total)
    inputGradient = FloatBuffer(count: output.total)
  }

  /// Goes on counting where an earlier ascent of the same picture ended, at the same or another size.
  func follow(_ former: Ascent) {
    stepsBefore = former.stepsBefore + former.parts.steps
    deadSteps = former.deadSteps
    let shape = former.parts.parameterization.shape
    let stage = Enlarge(parts.parameterization.shape).stage(for: shape)
    var random = RandomSource(seed: 0)
    stage.draw(from: &random)
    stage.apply(former.accumulated.start, to: accumulated.start)
  }

  /// What an observer sees after each step.
  struct Step {
    /// Counted from 1, over all ascents of the picture.
    let number: Int
    /// Before the step's update.
    let loss: Double
  }

  /// Runs the steps; `observe` may end them early by returning false. Throws ``VisualizationError/notFinite(method:step:what:)`` when numbers break.
  func run(random: inout RandomSource, observe: (Step) throws -> Bool) throws {
    let former = threads.take()
    defer { former.restore() }
    for index in 0..<parts.steps {
      let number = stepsBefore + index + 1
      let loss = try gradient(random: &random, step: number)
      let rate = parts.rate * parts.schedule.factor(at: index, of: parts.steps)
      let parameters = parts.parameterization
      parts.optimizer.step(parameters.parameters.start, parameters.gradient.start, rate: rate)
      parameters.constrain()
      if try !observe(Step(number: number, loss: loss)) { return }
    }
  }

  /// The loss at the present parameters under new random transforms, its gradient left in the parameterization.
  func gradient(random: inout RandomSource, step: Int) throws -> Double {
    let parameters = parts.parameterization
    let shape = parameters.shape
    parameters.render(into: picture.start)
    pipeline.draw(from: &random)
    pipeline.apply(picture.start, to: start(of: executor.input))
    try executor.forward()
    var loss = try parts.objective.evaluate(in: executor)
    // All taps, though the probe's seed stays zero: one set of taps is one plan.
    try executor.backward(from: executor.taps)
    let output = pipeline.output
    vitrine_copy(Int64(output.total), start(of: executor.inputGradient), inputGradient.start)
    try check(loss, inputGradient, step: step)
    for regularizer in parts.inputRegularizers {
      loss += regularizer.evaluate(start(of: executor.input), output, gradient: inputGradient.start)
    }
    pipeline.adjoint(inputGradient.start, to: pictureGradient.start)
    for regularizer in parts.pictureRegularizers {
      loss += regularizer.evaluate(picture.start, shape, gradient: pictureGradient.start)
    }
    vitrine_add_absolute(pictureGradient.start, accumulated.start, accumulated.count)
    parameters.pullback(pictureGradient.start)
    for regularizer in parts.parameterRegularizers {
      loss += regularizer.evaluate(parameters.parameters.start, shape, gradient: parameters.gradient.start)
    }
    return loss
  }

  /// The target's mean activation, and probability if it is a class, in the last forward run.
  func activation() -> (activation: Double, probability: Double?) { probe.read(executor) }

  /// The present picture, in the parameterization's space.
  func render() -> FloatBuffer {
    parts.parameterization.render(into: picture.start)
    return picture
  }

  /// Stops at numbers that aren't finite, and counts steps without gradient.
  private func check(_ loss: Double, _ gradient: FloatBuffer, step: Int) throws(VisualizationError) {
    guard loss.isFinite else { throw .notFinite(method: parts.method, step: step, what: "loss") }
    let norm = vitrine_sum_of_squares(gradient.start, gradient.count)
    guard norm.isFinite else { throw .notFinite(method: parts.method, step: step, what: "gradient") }
    if norm == 0 { deadSteps += 1 }
  }
}
