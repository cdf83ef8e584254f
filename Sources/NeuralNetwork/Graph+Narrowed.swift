extension Graph {
  /// A network that computes the same taps, and where each node of this one that they depend on is found in it.
  struct Narrowed {
    var graph: Graph
    var ids: [NodeID: NodeID]
  }

  /// The same network without work on tokens that nobody looks at: where only one token of a value is read, and the
  /// value's tokens are computed each by itself, just that one is computed. The last block of a vision transformer,
  /// whose class token alone is classified, shrinks to keys and values.
  func narrowed(for taps: [NodeID]) throws(NetworkError) -> Narrowed {
    let needed = ancestors(of: taps).sorted()
    let tokens = tokensRead(of: needed, taps: Set(taps))
    var result = Narrowed(graph: Graph(inputShape: self[input].shape), ids: [input: input])
    guard !tokens.isEmpty else {
      return Narrowed(graph: self, ids: Dictionary(uniqueKeysWithValues: needed.map { ($0, $0) }))
    }
    var selected: [NodeID: [Int: NodeID]] = [:]

    /// A node's value, or one token of it if that is all that a reader wants.
    func value(_ id: NodeID, token: Int?) throws(NetworkError) -> NodeID? {
      guard let whole = result.ids[id], let token, tokens[id] == nil else { return result.ids[id] }
      if let known = selected[id]?[token] { return known }
      let made = try result.graph.add("\(self[id].name), token \(token)", .selectToken(token), whole)
      selected[id, default: [:]][token] = made
      return made
    }

    for id in needed where id != input {
      let node = self[id]
      let token = tokens[id]
      if case .selectToken = node.operation, let source = node.inputs.first, tokens[source] != nil {
        result.ids[id] = result.ids[source]
        continue
      }
      var operation = node.operation
      var inputs: [NodeID] = []
      if let token, case .selfAttention(let heads, let causal) = operation {
        operation = .tokenAttention(heads: heads, token: token, causal: causal)
        inputs = node.inputs.compactMap { result.ids[$0] }
      } else {
        for source in node.inputs { if let found = try value(source, token: token) { inputs.append(found) } }
      }
      result.ids[id] = try result.graph.add(node.name, operation, inputs)
    }
    return result
  }

  /// The nodes of whose tokens a single one is read, and which; they can do without the others.
  private func tokensRead(of needed: [NodeID], taps: Set<NodeID>) -> [NodeID: Int] {
    var readers: [NodeID: Set<Int?>] = [:]
    for tap in taps { readers[tap] = [nil] }
    var tokens: [NodeID: Int] = [:]
    for id in needed.reversed() {
      if let all = readers[id], all.count == 1, let only = all.first, self[id].operation.keepsTokensApart {
        tokens[id] = only
      }
      for source in self[id].inputs {
        switch self[id].operation {
        case .selectToken(let token): readers[source, default: []].insert(token)
        case .selfAttention: readers[source, default: []].insert(nil)
        default: readers[source, default: []].insert(tokens[id])
        }
      }
    }
    return tokens
  }
}

extension Operation {
  /// Whether a token of its value can be computed without the value's other tokens.
  fileprivate var keepsTokensApart: Bool {
    switch self {
    case .add, .linear, .layerNorm, .gelu, .relu, .activation, .selfAttention, .unitLength: true
    default: false
    }
  }
}
