import Support
import Synchronization

/// A weight tensor of a network: named as in the checkpoint, never changed, owned or mapped from a file.
public final class Parameter: @unchecked Sendable {
  /// Numbers, row-major, and the object that they live as long as.
  public struct Numbers: @unchecked Sendable {
    /// The numbers.
    public let values: UnsafeBufferPointer<Float>
    /// What keeps them alive: memory, or a mapped file.
    public let owner: AnyObject

    /// Numbers that live as long as `owner`.
    public init(_ values: UnsafeBufferPointer<Float>, owner: AnyObject) {
      self.values = values
      self.owner = owner
    }
  }

  /// The checkpoint's name for it, such as `layer4.2.conv3.weight`.
  public let name: String
  /// Its extents in the checkpoint's layout: O×I×H×W for convolutions, out×in for linear layers.
  public let shape: [Int]
  /// Whether it stands for a tensor that the checkpoint lacks, and has no numbers.
  public let isMissing: Bool
  private let source: Mutex<Source>
  private let tiled = Mutex<[Precision: WeightTiles]>([:])

  private enum Source {
    case made(Numbers)
    case pending(@Sendable () -> Numbers)
  }

  /// A parameter over memory that `owner` keeps alive, such as a mapped file.
  public init(name: String, shape: [Int], values: UnsafeBufferPointer<Float>, owner: AnyObject) {
    self.name = name
    self.shape = shape
    isMissing = false
    source = Mutex(.made(Numbers(values, owner: owner)))
  }

  /// A parameter whose numbers are made when they are first asked for: a network that is only looked at never copies or
  /// rearranges any.
  public init(name: String, shape: [Int], making numbers: @escaping @Sendable () -> Numbers) {
    self.name = name
    self.shape = shape
    isMissing = false
    source = Mutex(.pending(numbers))
  }

  /// A parameter with its own copy of the numbers.
  public convenience init(name: String, shape: [Int], copying numbers: [Float]) {
    let memory = Storage(capacity: numbers.count)
    memory.start.update(from: numbers, count: numbers.count)
    self.init(
      name: name, shape: shape, values: UnsafeBufferPointer(start: memory.start, count: numbers.count),
      owner: memory)
  }

  /// A parameter that stands for a tensor that the checkpoint lacks.
  public init(missing name: String, shape: [Int]) {
    self.name = name
    self.shape = shape
    isMissing = true
    source = Mutex(.made(Numbers(UnsafeBufferPointer(start: nil, count: 0), owner: name as AnyObject)))
  }

  /// How many numbers it has, or should have if it is missing.
  public var count: Int { shape.reduce(1, *) }

  /// Its numbers, row-major; valid as long as this object lives. Empty if it is missing.
  public var values: UnsafeBufferPointer<Float> { numbers.values }

  private var numbers: Numbers {
    source.withLock { source in
      switch source {
      case .made(let numbers): return numbers
      case .pending(let make):
        let numbers = make()
        source = .made(numbers)
        return numbers
      }
    }
  }

  /// The matrix as products read it, laid out when it is first asked for and shared by all that ask. A mapped file may
  /// then forget its own pages of it: they are read again if anybody looks at ``values``.
  ///
  /// - Precondition: Its first two extents are those of the matrix, the others 1.
  func tiles(_ precision: Precision) -> WeightTiles? {
    tiled.withLock { known in
      if let known = known[precision] { return known }
      let numbers = numbers
      guard let start = numbers.values.baseAddress else { return nil }
      let made = WeightTiles(rows: shape[0], columns: shape[1], of: start, precision: precision)
      (numbers.owner as? MappedFile)?.forget(UnsafeRawBufferPointer(numbers.values))
      known[precision] = made
      return made
    }
  }
}
