extension Model {
  /// A row of ``Model/layers``.
  public struct Layer: Sendable, Codable, Equatable {
    /// The name that users address it by.
    public let name: String
    /// Other names of the same value, such as `layer4` for the output of its last block.
    public let aliases: [String]
    /// What it computes.
    public let kind: String
    /// Extents of its value per picture: C×H×W, T×D, or a vector.
    public let shape: [Int]
    /// How many numbers of it were learned.
    public let parameterCount: Int
    /// How many units it has: channels of a map, numbers of a token or vector.
    public let unitCount: Int
  }

  /// Every node of the network in evaluation order.
  public var layers: [Layer] {
    var aliases: [Int: [String]] = [:]
    for name in graph.allNames {
      if let node = graph.node(named: name), graph[node].name != name {
        aliases[node.index, default: []].append(name)
      }
    }
    return graph.nodes.enumerated().map { index, node in
      Layer(
        name: node.name, aliases: aliases[index] ?? [], kind: node.operation.kind, shape: node.shape,
        parameterCount: node.operation.learnedCount, unitCount: Self.unitCount(node.shape))
    }
  }

  /// Channels of a C×H×W map; numbers of each token of T×D; length of a vector.
  static func unitCount(_ shape: [Int]) -> Int { (shape.count == 3 ? shape.first : shape.last) ?? 0 }
}
