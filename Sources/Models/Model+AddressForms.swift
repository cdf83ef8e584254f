import NeuralNetwork

extension Model {
  /// Examples of the addresses that units of a layer have, beside its channels.
  func forms(_ layer: String, _ node: Graph.NodeID) -> [String] {
    let shape = graph[node].shape
    let last = max(0, Self.unitCount(shape) - 1)
    var forms = shape.count == 3 ? ["\(layer):\(last)@\(shape[1] - 1),\(shape[2] - 1)"] : []
    if shape.count == 2 { forms.append("\(layer):\(last)@t\(shape[0] - 1)") }
    if let heads = graph.heads(of: node) ?? graph.node(named: "\(layer).heads").flatMap(graph.heads) {
      forms.append("\(layer):head\(heads - 1)")
    }
    return forms + ["\(layer):0.5*\(last)-0"]
  }

  /// A kind of unit that the network has, with an address for example.
  public struct AddressForm: Sendable, Codable, Equatable {
    /// "class", "probability", "channel", "neuron", "token", "head", "direction", "sum".
    public let kind: String
    /// An address of a unit of that kind.
    public let example: String
    /// What it addresses.
    public let meaning: String
  }

  /// An address of every kind of unit that the network has.
  public var addressForms: [AddressForm] {
    var forms = [
      AddressForm(
        kind: "class", example: "class:\(Slug.of(labels.last ?? "0"))", meaning: "a class by its label")
    ]
    if labels.count > 1 {
      forms.append(
        .init(kind: "class", example: "class:\(labels.count - 1)", meaning: "a class by its index"))
    }
    forms.append(
      .init(
        kind: "probability", example: "probability:\(Slug.of(labels.last ?? "0"))",
        meaning: "how probable a class is, after the softmax"))
    let layer = stageNames.last ?? graph[penultimate].name
    guard let node = graph.node(named: layer) else { return forms }
    let shape = graph[node].shape
    let last = max(0, Self.unitCount(shape) - 1)
    forms.append(.init(kind: "channel", example: "\(layer):\(last)", meaning: "a channel over all positions"))
    if shape.count == 3 {
      forms.append(
        .init(
          kind: "neuron", example: "\(layer):\(last)@\(shape[1] / 2),\(shape[2] / 2)",
          meaning: "a channel at one row and column of its map"))
    } else if shape.count == 2 {
      forms.append(
        .init(kind: "token", example: "\(layer):\(last)@t\(shape[0] - 1)", meaning: "a number of one token"))
      if let grid = graph.grid(of: node) {
        forms.append(
          .init(
            kind: "neuron", example: "\(layer):\(last)@\(grid.rows / 2),\(grid.columns / 2)",
            meaning: "a number of the token of one patch, by row and column"))
      }
    }
    if let attention = graph.attentions.last {
      forms.append(
        .init(
          kind: "head", example: "\(attention):head0", meaning: "an attention head, by the norm of its output"
        ))
    }
    if last > 0 {
      forms.append(
        .init(
          kind: "direction", example: "\(layer):0.8*\(last)-0.6*0", meaning: "a weighted sum of channels"))
    }
    forms.append(
      .init(
        kind: "sum", example: "\(layer):\(last) - 0.5*class:\(labels.count - 1)",
        meaning: "several of these with their weights, signs between spaces"))
    return forms
  }
}
