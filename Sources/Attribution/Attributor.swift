public import Models
public import NeuralNetwork
import Relevance
import Tensor
public import Visualization

/// Traces the activation of a target back to pictures. Planned once; one thread at a time.
public final class Attributor {
  private let model: Model
  private let reader: TargetReader
  private let trace: Trace

  /// What leads back, by the kind of method.
  private enum Trace {
    case relevance(RelevancePropagator)
    case gradientTimesInput(Executor)
    case integratedGradients(Executor, steps: Int)
    case smoothGrad(Executor, samples: Int, deviation: Float)
  }

  /// Plans the way back from a target to the picture. Throws `VisualizationError` for a target that the model doesn't
  /// have, ``AttributionError/severalLayers`` for rules from a sum over several layers, and `NetworkError`.
  public init(
    _ target: Target, in model: Model, by method: AttributionMethod, options: Executor.Options = .init()
  ) throws {
    self.model = model
    let reader = try TargetReader(target, in: model)
    self.reader = reader
    func executor() throws -> Executor {
      try Executor(graph: model.graph, batch: 1, taps: reader.taps, options: options)
    }
    switch method {
    case .relevance(let composite):
      guard let start = reader.relevanceNode else { throw AttributionError.severalLayers }
      trace = .relevance(
        try RelevancePropagator(
          graph: model.graph, composite: composite, from: start, to: [model.graph.input],
          bounds: PictureBounds(model.input), options: options))
    case .gradientTimesInput: trace = .gradientTimesInput(try executor())
    case .integratedGradients(let steps): trace = .integratedGradients(try executor(), steps: steps)
    case .smoothGrad(let samples, let deviation):
      trace = .smoothGrad(try executor(), samples: samples, deviation: deviation)
    }
  }

  /// The attribution of a picture prepared for the model: C×H×W numbers from 0 to 1, not yet normalized. Throws
  /// ``AttributionError/notFinite(model:)`` if numbers break.
  public func attribute(_ prepared: [Float]) throws -> AttributionMap {
    precondition(prepared.count == model.input.count, "a picture is prepared for the model")
    var picture = prepared
    model.input.normalize(&picture)
    let map = try attribute(normalized: picture)
    guard map.activation.isFinite, map.start.isFinite, map.relevance.allSatisfy(\.isFinite) else {
      throw AttributionError.notFinite(model: model.name)
    }
    return map
  }

  private func attribute(normalized picture: [Float]) throws -> AttributionMap {
    switch trace {
    case .relevance(let propagator): return try relevance(picture, propagator)
    case .gradientTimesInput(let executor):
      let (gradient, activation) = try gradient(picture, executor)
      return AttributionMap(relevance: product(gradient, picture), activation: activation, start: activation)
    case .integratedGradients(let executor, let steps):
      let black = PictureBounds(model.input).low
      let area = picture.count / black.count
      let way = picture.enumerated().map { $1 - black[$0 / area] }
      let mean = try meanGradient(steps, executor) { step in
        let part = (Float(step) + 0.5) / Float(steps)
        return way.enumerated().map { black[$0 / area] + part * $1 }
      }
      let activation = try gradient(picture, executor).activation
      return AttributionMap(relevance: product(mean, way), activation: activation, start: activation)
    case .smoothGrad(let executor, let samples, let deviation):
      let range = (picture.max() ?? 0) - (picture.min() ?? 0)
      // The same noise for every picture, so that maps can be compared.
      var random = RandomSource(seed: 0, label: "smoothgrad")
      let mean = try meanGradient(samples, executor) { _ in
        picture.map { $0 + deviation * range * random.normal() }
      }
      let activation = try gradient(picture, executor).activation
      return AttributionMap(relevance: mean, activation: activation, start: activation)
    }
  }

  private func relevance(_ picture: [Float], _ propagator: RelevancePropagator) throws -> AttributionMap {
    _ = propagator.input.update(fromContentsOf: picture)
    try propagator.forward()
    let start = reader.relevance(
      propagator.composite.sendsSlope ? .slope : .activation, of: propagator.value)
    let activation = reader.activation { _ in propagator.value }
    try propagator.propagate(start)
    return AttributionMap(
      relevance: Array(propagator.relevance(of: model.graph.input)), activation: activation,
      start: start.reduce(0) { $0 + Double($1) })
  }

  /// The gradient of the activation at a picture, and the activation.
  private func gradient(
    _ picture: [Float], _ executor: Executor
  ) throws -> (gradient: [Float], activation: Double) {
    _ = executor.input.update(fromContentsOf: picture)
    try executor.forward()
    reader.writeSlope(to: executor)
    try executor.backward(from: reader.taps)
    return (Array(executor.inputGradient), reader.activation(executor.value))
  }

  /// The mean of the gradients at `count` pictures.
  private func meanGradient(
    _ count: Int, _ executor: Executor, picture: (Int) -> [Float]
  ) throws -> [Float] {
    var mean = [Float](repeating: 0, count: model.input.count)
    for index in 0..<count {
      let gradient = try gradient(picture(index), executor).gradient
      for place in mean.indices { mean[place] += gradient[place] / Float(count) }
    }
    return mean
  }

  private func product(_ a: [Float], _ b: [Float]) -> [Float] { zip(a, b).map { $0 * $1 } }
}
