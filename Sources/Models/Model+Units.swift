public import NeuralNetwork
import Support

extension Model {
  /// The unit at an address, in the forms of ``UnitAddress``. Throws ``ModelError`` with the nearest layers, or with
  /// the channels, positions, tokens or heads that the layer has.
  public func unit(_ address: String) throws(ModelError) -> UnitAddress {
    guard let colon = address.firstIndex(of: ":") else {
      throw .unknown(
        model: name,
        reason: """
          "\(Self.short(address))" names no unit; write a layer and a channel such as \(example), or \
          class:\(labels.first ?? "0")
          """)
    }
    let layer = String(address[..<colon])
    let rest = String(address[address.index(after: colon)...])
    if layer == "class" || layer == "probability" {
      let index = try classIndex(rest)
      return UnitAddress(
        layer: graph[logits].name, node: logits,
        selection: layer == "class" ? .classIndex(index) : .probability(index), place: nil)
    }
    var node = try self.node(layer)
    let count = Self.unitCount(graph[node].shape)
    guard let selector = UnitSelector(rest) else {
      throw .unknown(
        model: name,
        reason: """
          \(layer) has no channel "\(Self.short(rest))"; its channels are 0 to \(count - 1)\
          \(Self.looksLikeForm(rest) ? "; other units are written as \(forms(layer, node).joined(separator: ", "))" : "")
          """)
    }
    let selection: UnitAddress.Selection
    switch selector.selection {
    case .channel(let channel):
      try check(channel, "channel", of: layer, count)
      selection = .channel(channel)
    case .head(let head):
      let attention = try attention(layer, node)
      node = attention.node
      try check(head, "head", of: layer, attention.heads)
      let width = Self.unitCount(graph[node].shape) / attention.heads
      selection = .head(head, channels: head * width..<(head + 1) * width)
    case .direction(let terms):
      selection = .direction(try direction(terms, layer, count))
    }
    return UnitAddress(
      layer: layer, node: node, selection: selection,
      place: try selector.place.map { (place) throws(ModelError) in try self.place(place, layer, node) })
  }

  /// The node of a layer's name or alias. Throws ``ModelError`` with the nearest names.
  public func node(_ layer: String) throws(ModelError) -> Graph.NodeID {
    if let node = graph.node(named: layer) { return node }
    // Classes stand where layers do.
    var clause = Suggestion.clause(for: layer, among: graph.allNames + ["class", "probability"])
    if clause.isEmpty { clause = "; some that it has: \(stageNames.joined(separator: ", "))" }
    throw .unknown(model: name, reason: "no layer \"\(Self.short(layer))\"\(clause)")
  }

  private var example: String { "\(stageNames.last ?? graph[penultimate].name):0" }

  private func check(_ index: Int, _ kind: String, of layer: String, _ count: Int) throws(ModelError) {
    guard (0..<count).contains(index) else {
      throw .unknown(
        model: name, reason: "\(layer) has no \(kind) \"\(index)\"; its \(kind)s are 0 to \(count - 1)")
    }
  }

  /// The attention of a layer: the layer itself, or the module that holds it.
  private func attention(
    _ layer: String, _ node: Graph.NodeID
  ) throws(ModelError) -> (node: Graph.NodeID, heads: Int) {
    for node in [node, graph.node(named: "\(layer).heads")] {
      if let node, let heads = graph.heads(of: node) { return (node, heads) }
    }
    let known = graph.attentions
    guard let first = known.first, let last = known.last else {
      throw .unknown(model: name, reason: "\(layer) has no heads: the network has no attention")
    }
    throw .unknown(model: name, reason: "\(layer) has no heads; layers that have are \(first) to \(last)")
  }

  private func direction(
    _ terms: [UnitAddress.Term], _ layer: String, _ count: Int
  ) throws(ModelError) -> [UnitAddress.Term] {
    var known: Set<Int> = []
    for term in terms {
      try check(term.channel, "channel", of: layer, count)
      guard known.insert(term.channel).inserted else {
        throw .unknown(
          model: name, reason: "channel \(term.channel) of \(layer) stands twice in a direction")
      }
      guard term.weight.isFinite, term.weight != 0 else {
        throw .unknown(
          model: name,
          reason:
            "channel \(term.channel) of \(layer) has weight \(term.weight) in a direction; it counts only if finite and not 0"
        )
      }
    }
    return terms
  }

  private func place(
    _ place: UnitSelector.Place, _ layer: String, _ node: Graph.NodeID
  ) throws(ModelError) -> UnitAddress.Place {
    let shape = graph[node].shape
    guard shape.count > 1 else {
      throw .unknown(model: name, reason: "\(layer) is one vector and has no positions")
    }
    let grid = graph.grid(of: node)
    switch place {
    case .position(let row, let column):
      guard let grid else {
        throw .unknown(model: name, reason: "the positions of \(layer) aren't in rows; write @t0 and so on")
      }
      guard (0..<grid.rows).contains(row), (0..<grid.columns).contains(column) else {
        throw .unknown(
          model: name,
          reason: """
            \(layer) has no position \(row),\(column); its rows are 0 to \(grid.rows - 1), its columns 0 to \
            \(grid.columns - 1)
            """)
      }
      return .init(index: grid.first + row * grid.columns + column, text: "\(row),\(column)")
    case .token(let token):
      guard shape.count == 2 else {
        throw .unknown(model: name, reason: "\(layer) is a map and has no tokens; write @row,column")
      }
      try check(token, "token", of: layer, shape[0])
      return .init(index: token, text: "t\(token)")
    case .classToken:
      guard shape.count == 2, graph.hasClassToken(node) else {
        throw .unknown(model: name, reason: "\(layer) has no class token")
      }
      return .init(index: 0, text: "t0")
    }
  }

  /// Whether a selector that couldn't be read was meant as more than a channel.
  private static func looksLikeForm(_ text: String) -> Bool {
    text.contains { "@*+,".contains($0) } || text.hasPrefix("h")
  }

  /// What a user typed, cut to a length that a message can hold.
  static func short(_ text: String) -> String {
    text.count <= 100 ? text : "\(text.prefix(100))…"
  }
}
