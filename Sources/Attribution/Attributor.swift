public import Models
public import Network
public import Relevance
import Tensor
public import Visualization

/// Traces the activation of a target back to pictures. Planned once; one thread at a time.
public final class Attributor {
  private let model: Model
  private let reader: TargetReader
  private let method: AttributionMethod
  private let propagator: RelevancePropagator?
  private let executor: Executor?

  /// Plans the way back from a target to the picture. Throws `VisualizationError` for a target that the model doesn't
  /// have, ``AttributionError/severalLayers`` for rules from a sum over several layers, and `NetworkError`.
  public init(
    _ target: Target, in model: Model, by method: AttributionMethod, options: Executor.Options = .init()
  ) throws {
    self.model = model
    self.method = method
    reader = try TargetReader(target, in: model)
    guard case .relevance(let composite) = method else {
      propagator = nil
      executor = try Executor(graph: model.graph, batch: 1, taps: reader.taps, options: options)
      return
    }
    guard let start = reader.relevanceNode else { throw AttributionError.severalLayers }
    if composite == .vital, model.graph.nodes.contains(where: { $0.operation.isAttention }) {
      throw AttributionError.unsuitedRules(
        composite.name, model: model.name, architecture: model.architecture)
    }
    executor = nil
    propagator = try RelevancePropagator(
      graph: model.graph, composite: composite, from: start, to: [model.graph.input],
      bounds: PictureBounds(model.input), options: options)
  }

  /// The attribution of a picture prepared for the model: C×H×W numbers from 0 to 1, not yet normalized.
  public func attribute(_ prepared: [Float]) throws -> AttributionMap {
    precondition(prepared.count == model.input.count, "a picture is prepared for the model")
    var picture = prepared
    model.input.normalize(&picture)
    if let propagator { return try relevance(picture, propagator) }
    guard let executor else { return AttributionMap(relevance: [], activation: 0, start: 0) }
    switch method {
    case .relevance, .gradientTimesInput:
      let (gradient, activation) = try gradient(picture, executor)
      return AttributionMap(relevance: product(gradient, picture), activation: activation, start: activation)
    case .integratedGradients(let steps):
      let black = PictureBounds(model.input).low
      let area = picture.count / black.count
      let way = picture.enumerated().map { $1 - black[$0 / area] }
      let (mean, _) = try average(steps, executor) { step in
        let part = (Float(step) + 0.5) / Float(steps)
        return way.enumerated().map { black[$0 / area] + part * $1 }
      }
      let activation = try gradient(picture, executor).activation
      return AttributionMap(relevance: product(mean, way), activation: activation, start: activation)
    case .smoothGrad(let samples, let deviation):
      let range = (picture.max() ?? 0) - (picture.min() ?? 0)
      // The same noise for every picture, so that maps can be compared.
      var random = RandomSource(seed: 0, label: "smoothgrad")
      let (mean, _) = try average(samples, executor) { _ in
        picture.map { $0 + deviation * range * random.normal() }
      }
      let activation = try gradient(picture, executor).activation
      return AttributionMap(relevance: mean, activation: activation, start: activation)
    }
  }

  private func relevance(_ picture: [Float], _ propagator: RelevancePropagator) throws -> AttributionMap {
    _ = propagator.input.update(fromContentsOf: picture)
    try propagator.forward()
    let start =
      propagator.composite.sendsSlope
      ? reader.slope(propagator.value) : reader.relevance(propagator.value)
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

  /// The mean gradient over pictures.
  private func average(
    _ count: Int, _ executor: Executor, picture: (Int) -> [Float]
  ) throws -> (gradient: [Float], activation: Double) {
    var sum = [Float](repeating: 0, count: model.input.count)
    var activations = 0.0
    for index in 0..<count {
      let (gradient, activation) = try gradient(picture(index), executor)
      for place in sum.indices { sum[place] += gradient[place] / Float(count) }
      activations += activation / Double(count)
    }
    return (sum, activations)
  }

  private func product(_ a: [Float], _ b: [Float]) -> [Float] { zip(a, b).map { $0 * $1 } }
}

extension Operation {
  fileprivate var isAttention: Bool {
    if case .selfAttention = self { return true }
    return false
  }
}

extension PictureBounds {
  /// What pictures of numbers from 0 to 1 lie between after a model's normalization.
  public init(_ input: InputSpecification) {
    self.init(
      low: zip(input.mean, input.deviation).map { -$0 / $1 },
      high: zip(input.mean, input.deviation).map { (1 - $0) / $1 })
  }
}
