import Foundation
import Models
import NeuralNetwork
import Tensor

extension FourierVisualization {
  /// Makes a row of pictures between two targets (Olah et al. 2017, "Interaction between Neurons"; aligned as in
  /// Mordvintsev et al. 2018): of N pictures, made together, picture i makes (1 − t)·first + t·second activation large,
  /// t = i/(N − 1), and ``AlignedSpectra`` keep their layouts alike. Parts, noise, optimizer and rate are the method's own.
  ///
  /// `progress` is as in ``Method/visualize(_:progress:)``, and so is what is thrown. Lucid adds a weak pull towards the
  /// neighbours' activations, which is left out.
  public func interpolate(
    _ request: InterpolationRequest, progress: (VisualizationProgress) throws(CancellationError) -> Void
  ) throws -> Interpolation {
    let name = Self.description.name
    try VisualizationRequest(model: request.model, target: request.from).check(for: name, model: model)
    guard (2...InterpolationRequest.mostPictures).contains(request.count) else {
      throw VisualizationError.unsupported(
        method: name,
        reason:
          "an interpolation has 2 to \(InterpolationRequest.mostPictures) pictures, not \(request.count)")
    }
    let clock = ContinuousClock()
    let begin = clock.now
    let ends = (from: try request.from.resolved(in: model), to: try request.to.resolved(in: model))
    var random = RandomSource(seed: request.seed, label: "fourier-interpolation")
    let parts = parts(from: ends.from, to: ends.to, shares: request.shares, random: &random)
    let ascent = try Ascent(
      parts, model: model.graph, target: ends.from,
      options: .init(precision: request.precision, threads: request.threads))
    let former = ascent.threads.take()
    defer { former.restore() }
    let interval = max(1, parts.steps / 100)
    var trace: [Interpolation.Point] = []
    try ascent.run(random: &random) { step in
      if step.number % interval == 0 || step.number == 1 || step.number == parts.steps {
        trace.append(.init(step: step.number, loss: step.loss))
      }
      try progress(VisualizationProgress(step: step.number, steps: parts.steps, loss: step.loss))
      return true
    }
    let shape = parts.parameterization.shape
    let rendered = ascent.render().start
    return Interpolation(
      pictures: (0..<shape.count).map { parts.space.image(of: rendered + $0 * shape.picture, shape) },
      trace: trace, steps: parts.steps, seconds: (clock.now - begin) / .seconds(1),
      warnings: ascent.deadSteps > 0
        ? ["no gradient reached the pictures in \(ascent.deadSteps) of \(parts.steps) steps"] : [])
  }

  /// The parts of the loop for pictures that show so much of the second target.
  func parts(
    from: ResolvedTarget, to: ResolvedTarget, shares: [Double], random: inout RandomSource
  ) -> Ascent.Parts {
    var shape = self.shape
    shape.count = shares.count
    // Each picture is worth as much as if it were alone: the mean over its parts.
    let each = 1 / Double(copies)
    let weights = shares.flatMap { [Double](repeating: $0, count: copies) }
    let objective = JointObjective.sum(
      [
        ActivationObjective(from, in: model.graph, shares: weights.map { (1 - $0) * each }),
        ActivationObjective(to, in: model.graph, shares: weights.map { $0 * each }),
      ], in: model.graph, batch: weights.count)
    return parts(of: AlignedSpectra(shape: shape, recipe: recipe, random: &random), objective)
  }
}
