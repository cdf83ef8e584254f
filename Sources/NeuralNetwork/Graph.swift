/// A network as a static list of nodes in evaluation order, named as in the checkpoint.
public struct Graph: Sendable {
  /// A node's place in ``Graph/nodes``.
  public struct NodeID: Hashable, Comparable, Sendable {
    /// Index into ``Graph/nodes``.
    public let index: Int

    init(_ index: Int) { self.index = index }

    /// Evaluation order.
    public static func < (a: NodeID, b: NodeID) -> Bool { a.index < b.index }
  }

  /// One operation with its place in the network.
  public struct Node: Sendable {
    /// The name that users address it by, such as `layer4.2.conv3`.
    public let name: String
    /// What it computes.
    public let operation: Operation
    /// The nodes whose values it reads.
    public let inputs: [NodeID]
    /// Extents of its value per picture: C×H×W, T×D, or a vector.
    public let shape: [Int]
  }

  /// All nodes; each reads only earlier ones. The first is the picture, named `input`.
  public private(set) var nodes: [Node]
  private var names: [String: NodeID]

  /// A graph that holds nothing but its input of C×H×W.
  public init(inputShape: [Int]) {
    nodes = [Node(name: "input", operation: .input, inputs: [], shape: inputShape)]
    names = ["input": NodeID(0)]
  }

  /// The picture.
  public var input: NodeID { NodeID(0) }

  /// All nodes' identifiers in evaluation order.
  public var ids: [NodeID] { nodes.indices.map { NodeID($0) } }

  /// The last node added.
  public var output: NodeID { NodeID(nodes.count - 1) }

  /// The node with a name or an alias, or `nil`.
  public func node(named name: String) -> NodeID? { names[name] }

  /// Every name and alias that ``node(named:)`` knows, sorted.
  public var allNames: [String] { names.keys.sorted() }

  /// Gives a node one more name, such as `layer4` for the output of its last block. Throws ``NetworkError`` if
  /// the name is taken.
  public mutating func alias(_ name: String, for id: NodeID) throws(NetworkError) {
    guard names[name] == nil else { throw .duplicateName(name) }
    names[name] = id
  }

  /// The node at an identifier.
  public subscript(_ id: NodeID) -> Node { nodes[id.index] }

  /// Appends an operation and infers its shape. Throws ``NetworkError`` if shapes or names don't fit.
  @discardableResult
  public mutating func add(_ name: String, _ operation: Operation, _ inputs: NodeID...) throws(NetworkError)
    -> NodeID
  {
    try add(name, operation, inputs)
  }

  /// Appends an operation on any number of inputs, as above.
  @discardableResult
  public mutating func add(_ name: String, _ operation: Operation, _ inputs: [NodeID]) throws(NetworkError)
    -> NodeID
  {
    guard names[name] == nil else { throw .duplicateName(name) }
    let shape = try operation.shape(of: name, inputs: inputs.map { nodes[$0.index].shape })
    let id = NodeID(nodes.count)
    nodes.append(Node(name: name, operation: operation, inputs: inputs, shape: shape))
    names[name] = id
    return id
  }
}
