public import Network
import Support

extension Model {
  /// The unit at an address: `layer4.1:485` is a channel of a layer, `class:zebra` and `class:340` a class. Throws
  /// ``ModelError`` with the nearest layers, or the channels that the layer has.
  public func unit(_ address: String) throws(ModelError) -> UnitAddress {
    guard let colon = address.firstIndex(of: ":") else {
      throw .unknown(
        model: name,
        reason:
          "\"\(address)\" names no unit; write a layer and a channel such as \(example), or class:\(labels.first ?? "0")"
      )
    }
    let layer = String(address[..<colon])
    let rest = String(address[address.index(after: colon)...])
    if layer == "class" {
      let index = try classIndex(rest)
      return UnitAddress(layer: graph[logits].name, node: logits, channel: index, classIndex: index)
    }
    let node = try self.node(layer)
    let count = Self.unitCount(graph[node].shape)
    guard let channel = Int(rest), (0..<count).contains(channel) else {
      throw .unknown(
        model: name, reason: "\(layer) has no channel \"\(rest)\"; its channels are 0 to \(count - 1)")
    }
    return UnitAddress(layer: layer, node: node, channel: channel, classIndex: nil)
  }

  /// The node of a layer's name or alias. Throws ``ModelError`` with the nearest names.
  public func node(_ layer: String) throws(ModelError) -> Graph.NodeID {
    if let node = graph.node(named: layer) { return node }
    var clause = Suggestion.clause(for: layer, among: graph.allNames)
    if clause.isEmpty { clause = "; some that it has: \(stageNames.joined(separator: ", "))" }
    throw .unknown(model: name, reason: "no layer \"\(layer)\"\(clause)")
  }

  private var example: String { "\(stageNames.last ?? graph[penultimate].name):0" }
}
