/// A value on the pickle machine's stack. Containers and tensors are numbers of cells of the machine's ``PickleHeap``,
/// so that no file can make values that hold each other, or nest so deep that letting go of them recurses.
enum PickleValue {
  case none
  case boolean(Bool)
  case integer(Int)
  case float(Double)
  case text(String)
  /// Bytes of a long integer that exceeds 64 bits, least significant first.
  case longInteger([UInt8])
  case tuple(Int)
  case list(Int)
  case dictionary(Int)
  case global(TorchGlobal)
  case storage(Int)
  case tensor(Int)
  /// A module of a TorchScript program: its attributes, a dictionary of the heap.
  case module(Int)
  /// Something that the machine passes by, and what it is: bytes, a set, a namespace.
  case opaque(String)

  /// What it is, for messages.
  var kind: String {
    switch self {
    case .none: "None"
    case .boolean: "a truth value"
    case .integer, .longInteger: "an integer"
    case .float: "a number"
    case .text: "a text"
    case .tuple: "a tuple"
    case .list: "a list"
    case .dictionary: "a dictionary"
    case .global(let global): global.name
    case .storage: "a storage"
    case .tensor: "a tensor"
    case .module: "a module"
    case .opaque(let kind): kind
    }
  }
}

/// The numbers of a tensor as a pickle names them.
struct PickledStorage {
  /// By what the archive calls its bytes.
  let key: String
  /// The type of its numbers, or `nil` for bytes without type.
  let type: ElementType?
  /// How many numbers it has, or bytes if it has no type.
  let count: Int
  /// Where it starts in the storage of that key, in numbers: the legacy format has views of storages.
  let start: Int
}

/// A tensor as a pickle describes it; nothing is checked but the kinds of values.
struct PickledTensor {
  let storage: PickledStorage
  let type: ElementType
  /// Tuples of the heap.
  let shape: Int
  let strides: Int
  let offset: Int
}

/// What a pickle's values hold.
struct PickleHeap {
  /// Elements of lists and tuples.
  private(set) var sequences: [[PickleValue]] = []
  private(set) var dictionaries: [[(key: PickleValue, value: PickleValue)]] = []
  private(set) var storages: [PickledStorage] = []
  private(set) var tensors: [PickledTensor] = []
  private var elementCount = 0

  /// Containers, tensors and storages beyond this no checkpoint has.
  static let mostCells = 1 << 20
  /// Elements of all containers beyond this no checkpoint has.
  static let mostElements = 1 << 21

  /// A pickle that holds too much.
  struct Full: Error {}

  mutating func sequence(_ elements: [PickleValue]) throws(Full) -> Int {
    try count(cells: sequences.count, elements: elements.count)
    sequences.append(elements)
    return sequences.count - 1
  }

  mutating func append(_ elements: [PickleValue], toSequence index: Int) throws(Full) {
    try count(cells: 0, elements: elements.count)
    sequences[index] += elements
  }

  mutating func dictionary() throws(Full) -> Int {
    try count(cells: dictionaries.count, elements: 0)
    dictionaries.append([])
    return dictionaries.count - 1
  }

  mutating func insert(_ value: PickleValue, for key: PickleValue, inDictionary index: Int) throws(Full) {
    try count(cells: 0, elements: 2)
    dictionaries[index].append((key, value))
  }

  mutating func add(_ storage: PickledStorage) throws(Full) -> Int {
    try count(cells: storages.count, elements: 0)
    storages.append(storage)
    return storages.count - 1
  }

  mutating func add(_ tensor: PickledTensor) throws(Full) -> Int {
    try count(cells: tensors.count, elements: 0)
    tensors.append(tensor)
    return tensors.count - 1
  }

  /// The integers of a tuple, or `nil` if it holds anything else.
  func integers(_ tuple: Int) -> [Int]? {
    var integers: [Int] = []
    for element in sequences[tuple] {
      guard case .integer(let value) = element else { return nil }
      integers.append(value)
    }
    return integers
  }

  private mutating func count(cells: Int, elements: Int) throws(Full) {
    elementCount += elements
    guard cells < Self.mostCells, elementCount <= Self.mostElements else { throw Full() }
  }
}
