import Support
import Synchronization

/// A weight tensor of a network: named as in the checkpoint, never changed, owned or mapped from a file.
public final class Parameter: @unchecked Sendable {
  /// The checkpoint's name for it, such as `layer4.2.conv3.weight`.
  public let name: String
  /// Its extents in the checkpoint's layout: O×I×H×W for convolutions, out×in for linear layers.
  public let shape: [Int]
  /// Its numbers, row-major; valid as long as this object lives.
  public let values: UnsafeBufferPointer<Float>
  private let owner: AnyObject?
  private let tiled = Mutex<[Precision: WeightTiles]>([:])

  /// A parameter over memory that `owner` keeps alive, such as a mapped file.
  public init(name: String, shape: [Int], values: UnsafeBufferPointer<Float>, owner: AnyObject) {
    self.name = name
    self.shape = shape
    self.values = values
    self.owner = owner
  }

  /// A parameter with its own copy of the numbers.
  public init(name: String, shape: [Int], copying numbers: [Float]) {
    let memory = UnsafeMutableBufferPointer<Float>.allocate(capacity: numbers.count)
    _ = memory.initialize(from: numbers)
    self.name = name
    self.shape = shape
    values = UnsafeBufferPointer(memory)
    owner = nil
  }

  /// The matrix as products read it, laid out when it is first asked for and shared by all that ask. A mapped file may
  /// then forget its own pages of it: they are read again if anybody looks at ``values``.
  ///
  /// - Precondition: Its first two extents are those of the matrix, the others 1.
  func tiles(_ precision: Precision) -> WeightTiles? {
    tiled.withLock { known in
      if let known = known[precision] { return known }
      guard let start = values.baseAddress else { return nil }
      let made = WeightTiles(rows: shape[0], columns: shape[1], of: start, precision: precision)
      (owner as? MappedFile)?.forget(UnsafeRawBufferPointer(values))
      known[precision] = made
      return made
    }
  }

  deinit { if owner == nil { values.deallocate() } }
}
