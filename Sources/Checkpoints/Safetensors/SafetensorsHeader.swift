/// Reads the JSON header of a safetensors file: the one object that the format allows, nothing else.
///
/// Foundation's readers keep one of two equal keys in silence and recurse without bound; a checkpoint comes from
/// strangers, so the header is scanned here, flat, each fault with its byte.
struct SafetensorsHeader {
  /// A tensor as the header declares it; nothing checked but the grammar.
  struct Declaration {
    var name: String
    var type: String
    var shape: [Int]
    var begin: Int
    var end: Int
  }

  /// A fault: where in the header, in which tensor, and what.
  struct Fault: Error {
    var tensor: String?
    var reason: String
  }

  private(set) var declarations: [Declaration] = []
  private(set) var metadata: [String: String] = [:]
  private var scanner: JSONScanner
  private var current: String?

  /// Reads a header. Throws ``Fault``.
  init(_ bytes: UnsafeRawBufferPointer) throws(Fault) {
    scanner = JSONScanner(bytes)
    do {
      try readTensors()
    } catch {
      throw Fault(tensor: current, reason: "byte \(error.offset) of the header: \(error.reason)")
    }
  }

  private mutating func readTensors() throws(JSONScanner.Fault) {
    var names: Set<String> = []
    try scanner.expect("{")
    var first = true
    while try scanner.member(isFirst: first) {
      first = false
      current = nil
      let name = try scanner.key()
      current = name
      guard names.insert(name).inserted else { throw scanner.fault("the name stands twice") }
      if name == "__metadata__" { try readMetadata() } else { try readTensor(name) }
    }
    current = nil
    try scanner.end()
  }

  private mutating func readMetadata() throws(JSONScanner.Fault) {
    try scanner.expect("{")
    var first = true
    while try scanner.member(isFirst: first) {
      first = false
      let key = try scanner.key()
      guard metadata.updateValue(try scanner.string(), forKey: key) == nil else {
        throw scanner.fault("the key \"\(key)\" stands twice")
      }
    }
  }

  private mutating func readTensor(_ name: String) throws(JSONScanner.Fault) {
    var type: String?
    var shape: [Int]?
    var offsets: [Int]?
    try scanner.expect("{")
    var first = true
    while try scanner.member(isFirst: first) {
      first = false
      let key = try scanner.key()
      let isNew: Bool
      switch key {
      case "dtype": (isNew, type) = (type == nil, try scanner.string())
      case "shape": (isNew, shape) = (shape == nil, try scanner.integers())
      case "data_offsets": (isNew, offsets) = (offsets == nil, try scanner.integers())
      default: throw scanner.fault("unknown key \"\(key)\"")
      }
      guard isNew else { throw scanner.fault("the key \"\(key)\" stands twice") }
    }
    guard let type else { throw scanner.fault("dtype is missing") }
    guard let shape else { throw scanner.fault("shape is missing") }
    guard let offsets else { throw scanner.fault("data_offsets is missing") }
    guard offsets.count == 2 else {
      throw scanner.fault("data_offsets holds \(offsets.count) numbers, not 2")
    }
    declarations.append(
      Declaration(name: name, type: type, shape: shape, begin: offsets[0], end: offsets[1]))
  }
}
