extension Graph {
  /// The same network, weights and names for pictures of another size; nodes keep their identifiers. Throws
  /// ``NetworkError`` if an operation can't take that size: a transformer's position embedding, or a linear layer over
  /// a whole map.
  public func resized(height: Int, width: Int) throws(NetworkError) -> Graph {
    let shape = self[input].shape
    guard shape.count == 3, height > 0, width > 0 else {
      throw .shape(node: self[input].name, reason: "has no size to change to \(height)×\(width)")
    }
    var graph = Graph(inputShape: [shape[0], height, width])
    for node in nodes.dropFirst() { try graph.add(node.name, node.operation, node.inputs) }
    for name in allNames {
      guard let node = node(named: name), graph.node(named: name) == nil else { continue }
      try graph.alias(name, for: node)
    }
    return graph
  }
}
