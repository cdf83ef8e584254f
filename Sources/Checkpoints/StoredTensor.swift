/// A tensor as a checkpoint describes it; its numbers stay in the file until they are asked for.
public struct StoredTensor: Sendable {
  /// Its name in the checkpoint.
  public let name: String
  /// How its numbers are stored.
  public let type: ElementType
  /// Which numbers of its storage it shows.
  public let layout: TensorLayout
  /// The checkpoint's file, for messages.
  let path: String
  let storage: any TensorStorage
  let isBigEndian: Bool

  /// Its extents, outermost first; none for a single number.
  public var shape: [Int] { layout.shape }
  /// How many numbers it holds.
  public var count: Int { layout.count }

  /// A tensor over a storage. Throws ``CheckpointError`` if it would leave the storage.
  init(
    name: String, type: ElementType, shape: [Int], strides: [Int]? = nil, offset: Int = 0,
    storage: any TensorStorage, isBigEndian: Bool = false, path: String
  ) throws(CheckpointError) {
    self.name = name
    self.type = type
    self.path = path
    self.storage = storage
    self.isBigEndian = isBigEndian
    do {
      layout = try TensorLayout(
        shape: shape, strides: strides, offset: offset, available: storage.byteCount / type.size)
    } catch {
      throw .content(path: path, tensor: name, reason: error.reason)
    }
  }

  private init(_ other: StoredTensor, name: String, layout: TensorLayout) {
    self.name = name
    self.layout = layout
    type = other.type
    path = other.path
    storage = other.storage
    isBigEndian = other.isBigEndian
  }

  /// The same numbers under another name.
  public func renamed(_ name: String) -> StoredTensor { StoredTensor(self, name: name, layout: layout) }

  /// The same numbers with the extents in another order, as Keras's height×width×in×out becomes PyTorch's
  /// out×in×height×width by [3, 2, 0, 1]. Nothing is copied.
  public func permuted(_ order: [Int]) -> StoredTensor {
    StoredTensor(self, name: name, layout: layout.permuted(order))
  }
}
