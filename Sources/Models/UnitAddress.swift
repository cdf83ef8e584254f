public import Network

/// One unit of a network: a channel of a layer, or a class.
public struct UnitAddress: Sendable, Hashable, CustomStringConvertible {
  /// The layer as the user wrote it; the logits' node for a class.
  public let layer: String
  /// Its node.
  public let node: Graph.NodeID
  /// Channel of a map, or place in a vector or token.
  public let channel: Int
  /// The class, if the address names one.
  public let classIndex: Int?

  /// `layer4.1:485`, or `class:340`.
  public var description: String { classIndex.map { "class:\($0)" } ?? "\(layer):\(channel)" }
}
