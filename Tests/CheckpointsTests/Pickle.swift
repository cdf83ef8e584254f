/// Writes pickles a piece at a time.
enum Pickle {
  static let start: [UInt8] = [0x80, 2]
  static let stop: [UInt8] = [0x2E]
  static let mark: [UInt8] = [0x28]
  static let none: [UInt8] = [0x4E]
  static let emptyTuple: [UInt8] = [0x29]
  static let emptyDictionary: [UInt8] = [0x7D]
  static let emptyList: [UInt8] = [0x5D]
  static let setItem: [UInt8] = [0x73]
  static let reduce: [UInt8] = [0x52]
  static let build: [UInt8] = [0x62]
  static let persistent: [UInt8] = [0x51]

  static func text(_ text: String) -> [UInt8] {
    [0x58] + UInt32(text.utf8.count).littleEndianBytes + Array(text.utf8)
  }

  static func integer(_ value: Int) -> [UInt8] { [0x8A, 8] + Int64(value).littleEndianBytes }

  static func global(_ module: String, _ name: String) -> [UInt8] {
    [0x63] + Array("\(module)\n\(name)\n".utf8)
  }

  static func tuple(_ parts: [UInt8]...) -> [UInt8] { mark + parts.joined() + [0x74] }

  static func integers(_ values: [Int]) -> [UInt8] { mark + values.flatMap(integer) + [0x74] }

  /// A storage of single-precision numbers.
  static func storage(_ key: String = "0", type: String = "FloatStorage", count: Int = 4) -> [UInt8] {
    tuple(text("storage"), global("torch", type), text(key), text("cpu"), integer(count)) + persistent
  }

  static func tensor(_ storage: [UInt8], offset: Int = 0, shape: [Int], strides: [Int]) -> [UInt8] {
    global("torch._utils", "_rebuild_tensor_v2")
      + tuple(storage, integer(offset), integers(shape), integers(strides), [0x89], none) + reduce
  }

  /// A whole pickle of a dictionary with one value.
  static func dictionary(_ name: String, _ value: [UInt8]) -> [UInt8] {
    start + emptyDictionary + text(name) + value + setItem + stop
  }

  /// A checkpoint in PyTorch's zip format, with a storage of four numbers.
  static func archive(_ pickle: [UInt8], storage: [UInt8] = [UInt8](repeating: 0, count: 16)) -> ZipFile {
    ZipFile(["net/data.pkl": pickle, "net/data/0": storage])
  }

  /// A TorchScript archive of a pickle and a storage of four numbers; its program is never looked at.
  static func script(_ pickle: [UInt8]) -> ZipFile {
    ZipFile([
      "net/data.pkl": pickle, "net/constants.pkl": start + emptyTuple + stop,
      "net/code/net.py": Array("import os".utf8),
      "net/data/0": [UInt8](repeating: 0, count: 16),
    ])
  }

  /// A module of a TorchScript program with its attributes.
  static func module(_ attributes: [(name: String, value: [UInt8])]) -> [UInt8] {
    global("__torch__", "Net") + emptyTuple + [0x81] + emptyDictionary
      + attributes.flatMap { text($0.name) + $0.value + setItem } + build
  }

  /// The pickles before the value in PyTorch's old format.
  static let legacyStart: [UInt8] =
    start + [0x8A, 10, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19] + stop
    + start + [0x4D, 0xE9, 0x03] + stop + start + emptyDictionary + stop

  /// The list of storages in PyTorch's old format.
  static func keys(_ keys: [String]) -> [UInt8] {
    start + emptyList + keys.flatMap { text($0) + [0x61] } + stop
  }
}
