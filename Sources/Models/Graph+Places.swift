public import NeuralNetwork

extension Graph {
  /// How a layer's positions lie in the picture: rows and columns, after the first few tokens that are no patches.
  public struct Grid: Sendable, Equatable {
    /// How many rows there are.
    public var rows: Int
    /// How many columns there are.
    public var columns: Int
    /// The place of the first row's first position among all positions.
    public var first: Int
  }

  /// The rows and columns of a map, or of the patches that tokens come from; `nil` for a vector.
  public func grid(of node: NodeID) -> Grid? {
    let shape = self[node].shape
    if shape.count == 3 { return Grid(rows: shape[1], columns: shape[2], first: 0) }
    guard shape.count == 2, let source = tokenSource(of: node), let map = self[source].inputs.first else {
      return nil
    }
    let extents = self[map].shape
    guard extents.count == 3, self[source].shape[0] == shape[0] else { return nil }
    return Grid(rows: extents[1], columns: extents[2], first: shape[0] - extents[1] * extents[2])
  }

  /// Whether a layer's first token is a class token.
  func hasClassToken(_ node: NodeID) -> Bool {
    guard let source = tokenSource(of: node), case .tokens(let tokens) = self[source].operation else {
      return false
    }
    return tokens.classToken != nil
  }

  /// How many heads an attention has; `nil` for other layers.
  func heads(of node: NodeID) -> Int? {
    if case .selfAttention(let heads, _) = self[node].operation { heads } else { nil }
  }

  /// The names of the layers whose heads can be addressed: the attentions' modules.
  var attentions: [String] {
    nodes.compactMap { node in
      guard case .selfAttention = node.operation else { return nil }
      let module = node.name.hasSuffix(".heads") ? String(node.name.dropLast(6)) : node.name
      return self.node(named: module) == nil ? node.name : module
    }
  }

  /// The node that made tokens of a map, before a layer of tokens.
  private func tokenSource(of node: NodeID) -> NodeID? {
    var node = node
    while true {
      switch self[node].operation {
      case .tokens, .rows: return node
      default:
        // The last input of a sum is the residual stream, the shortest way back.
        guard let input = self[node].inputs.last, self[input].shape.count == 2 else { return nil }
        node = input
      }
    }
  }
}
