import Models
import NeuralNetwork

/// What VITAL matches, and at which price, if nothing else is asked for: the paper's (supplement A.1) where it has the
/// family.
struct AlignmentDefaults {
  let layers: [String]
  let layerWeights: [Double]
  /// The weight of total variation and norm.
  let naturalness: Double
  let relevance: RelevanceWeighting.Kind

  /// For targets within a layer, or for classes and sums over several layers.
  init(_ model: Model, layer: String?) {
    if let layer, case let below = model.stageNames(below: layer), !below.isEmpty {
      layers = below
      // The paper's for ResNet-50; it names no other family.
      layerWeights = below.count == 1 ? [1] : [0.1] + below.dropFirst().map { _ in 1 }
      naturalness = 3e-6
      relevance = .activation
    } else {
      layers = model.stageNames
      (layerWeights, naturalness) = Self.ofClasses(model)
      relevance = .none
    }
  }

  private static func ofClasses(_ model: Model) -> (layerWeights: [Double], naturalness: Double) {
    var weights = [Double](repeating: 1, count: model.stageNames.count)
    switch model.architecture {
    case "densenet": if let last = weights.indices.last { weights[last] = 100 }
    case "convnext": if let first = weights.indices.first { weights[first] = 10 }
    case "vision-transformer":
      // Patches of 32 have their own settings; all finer ones go with ViT-L/16.
      let isCoarse = model.patchSize >= 32
      if isCoarse, let last = weights.indices.last { weights[last] = 0.1 }
      return (weights, isCoarse ? 0.0003 : 0.003)
    default: break
    }
    return (weights, 0)
  }
}

extension Model {
  /// The stages that a layer depends on, but for itself; none for a layer that the network doesn't have.
  fileprivate func stageNames(below layer: String) -> [String] {
    guard let node = graph.node(named: layer) else { return [] }
    let route = graph.dependencies(of: node)
    return zip(stageNames, stages).filter { route.contains($0.1) && $0.1 != node }.map(\.0)
  }

  /// Pixels that one position of the first stage spans: a transformer's patch.
  fileprivate var patchSize: Int {
    guard let stem = stages.first, let extent = graph[stem].shape.last, extent > 0 else { return 1 }
    return input.size / extent
  }
}

extension Graph {
  /// The nodes that a node's value depends on, itself among them.
  fileprivate func dependencies(of node: NodeID) -> Set<NodeID> {
    var found: Set<NodeID> = [node]
    for id in ids.reversed() where found.contains(id) { found.formUnion(self[id].inputs) }
    return found
  }
}
