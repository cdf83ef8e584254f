public import Checkpoints

/// The names and extents of a checkpoint's tensors: what hyperparameters are read from.
public struct TensorShapes: Sendable {
  /// The checkpoint, for messages.
  public let path: String
  private let shapes: [String: [Int]]

  /// The shapes of a checkpoint.
  public init(_ checkpoint: Checkpoint) {
    path = checkpoint.path
    shapes = Dictionary(checkpoint.tensors.map { ($0.name, $0.shape) }) { first, _ in first }
  }

  /// Shapes by name.
  init(path: String, shapes: [String: [Int]]) {
    self.path = path
    self.shapes = shapes
  }

  /// All names, sorted.
  public var names: [String] { shapes.keys.sorted() }

  /// Whether there is a tensor of a name.
  public func has(_ name: String) -> Bool { shapes[name] != nil }

  /// The extents of a tensor; throws ``ModelError`` if it is missing or has another number of them.
  public func shape(_ name: String, rank: Int) throws(ModelError) -> [Int] {
    guard let shape = shapes[name] else {
      throw .architecture(
        path: path, reason: "the tensor \"\(name)\" is missing, which tells the network's size")
    }
    guard shape.count == rank, shape.allSatisfy({ (1...Self.greatestExtent).contains($0) }) else {
      throw .checkpoint(
        path: path, tensor: name,
        reason:
          "its shape \(shape) makes no sense: \(rank) extents from 1 to \(Self.greatestExtent) are needed")
    }
    return shape
  }

  /// How many tensors there are in a row of names that a number makes, from 0 on.
  public func count(_ name: (Int) -> String) -> Int {
    var count = 0
    while has(name(count)) { count += 1 }
    return count
  }

  /// More channels, tokens or classes than this no network has.
  static let greatestExtent = 1 << 20
}
