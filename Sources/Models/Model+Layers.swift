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
    /// The kinds of units in it, with their first and last addresses.
    public let units: [UnitRange]
  }

  /// All units of a kind in a layer.
  public struct UnitRange: Sendable, Codable, Equatable {
    /// "channel", "neuron" (a channel at a position), "token" (a number of one token), "head".
    public let kind: String
    /// How many there are.
    public let count: Int
    /// The address of the first.
    public let first: String
    /// The address of the last.
    public let last: String
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
        parameterCount: node.operation.learnedCount, unitCount: Self.unitCount(node.shape),
        units: units(of: node.name))
    }
  }

  private func units(of layer: String) -> [UnitRange] {
    guard let node = graph.node(named: layer) else { return [] }
    let shape = graph[node].shape
    let count = Self.unitCount(shape)
    let grid = graph.grid(of: node)
    var units = [UnitRange(kind: "channel", count: count, first: "\(layer):0", last: "\(layer):\(count - 1)")]
    if let grid {
      units.append(
        .init(
          kind: "neuron", count: count * grid.rows * grid.columns, first: "\(layer):0@0,0",
          last: "\(layer):\(count - 1)@\(grid.rows - 1),\(grid.columns - 1)"))
    }
    if shape.count == 2 {
      units.append(
        .init(
          kind: "token", count: count * shape[0], first: "\(layer):0@t0",
          last: "\(layer):\(count - 1)@t\(shape[0] - 1)"))
    }
    if let heads = graph.heads(of: node) {
      units.append(
        .init(kind: "head", count: heads, first: "\(layer):head0", last: "\(layer):head\(heads - 1)"))
    }
    return units
  }

  /// Channels of a C×H×W map; numbers of each token of T×D; length of a vector.
  static func unitCount(_ shape: [Int]) -> Int { (shape.count == 3 ? shape.first : shape.last) ?? 0 }
}
