import NeuralNetwork

extension DistributionAlignment {
  /// The match with a set of statistics. Throws ``VisualizationError`` if they don't fit the network, and `NetworkError` for
  /// a layer from which the target's relevance can't be had.
  func objective(
    _ statistics: ReferenceStatistics, _ target: ResolvedTarget, _ options: Executor.Options
  ) throws -> any Objective {
    guard statistics.weightsHash == model.weightsHash else {
      throw VisualizationError.statisticsMismatch(reason: "they were made with other weights")
    }
    guard statistics.weighting == weighting?.name ?? "" else {
      throw VisualizationError.statisticsMismatch(reason: "they were made with other relevance")
    }
    let matched = try layers.map { try layer($0.name, $0.weight, statistics) }
    let matching = Matching(rawValue: settings.text("matching")) ?? .sort
    guard let weighting else { return LayerMatching(matched, by: matching, in: model.graph) }
    let trace = try RelevanceTrace(
      target, in: model, by: weighting, method: method, layers: matched.map(\.node), options: options)
    return RelevanceMatching(matched, by: matching, trace: trace, in: model.graph)
  }

  private func layer(
    _ name: String, _ weight: Double, _ statistics: ReferenceStatistics
  ) throws(VisualizationError) -> LayerMatching.Layer {
    let node = try model.matchable(name)
    let layout = model.graph[node].layout
    guard let layer = statistics[layer: name] else {
      throw .statisticsMismatch(reason: "they have no layer \(name)")
    }
    guard layer.channels == layout.channels, layer.positions == layout.positions else {
      throw .statisticsMismatch(
        reason: "\(name) has \(layout.channels) channels × \(layout.positions) positions, not "
          + "\(layer.channels) × \(layer.positions)")
    }
    return LayerMatching.Layer(node: node, weight: Float(weight), statistics: layer)
  }

  /// The request's statistics, or those of its references that `draw` chooses, measured now.
  func statistics(
    for request: VisualizationRequest, draw: (Int) -> [Int]
  ) throws -> ReferenceStatistics {
    if let known = request.statistics { return known }
    guard !request.references.isEmpty else { throw VisualizationError.missingReferences(method: method) }
    return try measure(
      draw(request.references.count).map { request.references[$0] }, for: request.target,
      options: .init(precision: request.precision, threads: request.threads)
    ) { (_) throws(CancellationError) in }
  }

  /// What natural pictures have in the matched layers, as this target sees it.
  func measure(
    _ references: [[Float]], for target: Target, options: Executor.Options,
    progress: (Int) throws(CancellationError) -> Void
  ) throws -> ReferenceStatistics {
    let names = layers.map(\.name)
    guard let weighting else {
      return try .measure(
        references, in: model, layers: names, threads: options.threads, precision: options.precision,
        progress: progress)
    }
    return try .measure(
      references, for: try target.resolved(in: model), weighting: weighting, in: model, layers: names,
      method: method, options: options, progress: progress)
  }

  /// The authors' number of references: with fewer one works as well as one can, without a word.
  static let standardReferences = 50

  /// What to tell if there were fewer references than a user asked for.
  func shortage(_ statistics: ReferenceStatistics) -> [String] {
    let limit = settings.count("references")
    guard limit != Self.standardReferences, statistics.count < limit else { return [] }
    return [
      "\(statistics.count) natural pictures were matched, as there are not the \(limit) of the settings"
    ]
  }
}
