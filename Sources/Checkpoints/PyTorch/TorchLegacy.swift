import Support

/// PyTorch's format before 1.6: five pickles in a row (a magic number, a version, facts about the machine, the value
/// that names tensors, the keys of its storages), then each storage's count and bytes in the order of the keys.
enum TorchLegacy {
  /// The first pickle's integer, 0x1950A86A20F9469CFC6C, least significant byte first.
  private static let magic: [UInt8] = [0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19]
  /// The only version that there ever was.
  private static let version = 1001

  /// Whether a file starts with a pickle of protocol 2 or later.
  static func recognizes(_ bytes: UnsafeRawBufferPointer) -> Bool {
    bytes.count > 2 && bytes[0] == PickleOpcode.proto.rawValue && (2...5).contains(bytes[1])
  }

  /// Reads the state dictionary of a file; the one of a key if it holds several. Throws ``CheckpointError``.
  static func read(_ file: MappedFile, key: String?) throws(CheckpointError) -> CheckpointContents {
    var machine = PickleMachine(file.bytes)
    let start = try file.run(&machine, in: "the file")
    guard case .longInteger(magic) = start else {
      throw file.fault("is a pickle, but not one that PyTorch wrote: it starts with \(start.kind)")
    }
    guard case .integer(version) = try file.run(&machine, in: "the file") else {
      throw file.fault("is of an unknown version of PyTorch's old format")
    }
    let isBigEndian = try isBigEndian(file.run(&machine, in: "the file"), machine.heap)
    let root = try file.run(&machine, in: "the file")
    guard case .list(let keys) = try file.run(&machine, in: "the file") else {
      throw file.fault("has no list of storages after its tensors")
    }
    let places = try storages(machine.heap.sequences[keys], machine, file)
    let dictionary = try StateDictionary(root, machine.heap, key: key, file)
    var contents = CheckpointContents(key: dictionary.key)
    for (name, tensor) in dictionary.tensors {
      guard let range = places[tensor.storage.key] else {
        throw file.fault("its storage \"\(tensor.storage.key)\" is missing in the file", tensor: name)
      }
      contents.tensors.append(
        try tensor.stored(
          name, machine.heap, MappedStorage(file, range), isBigEndian: isBigEndian, file))
    }
    return contents
  }

  /// Where each storage's bytes lie. Each starts with a count of its numbers, whose size the pickle told.
  private static func storages(
    _ keys: [PickleValue], _ machine: PickleMachine, _ file: MappedFile
  ) throws(CheckpointError) -> [String: Range<Int>] {
    var sizes: [String: Int] = [:]
    for storage in machine.heap.storages { sizes[storage.key] = storage.type?.size ?? 1 }
    var places: [String: Range<Int>] = [:]
    var cursor = ByteCursor(file.bytes, at: machine.offset)
    for key in keys {
      guard case .text(let key) = key, let size = sizes[key] else {
        throw file.fault("lists a storage that no tensor has: \(key.kind)")
      }
      func fail(_ reason: String) -> CheckpointError { file.fault("the storage \"\(key)\" \(reason)") }
      guard let count = cursor.number(Int64.self) else { throw fail("is missing: the file is truncated") }
      let (bytes, overflows) = Int(count).multipliedReportingOverflow(by: size)
      guard count >= 0, !overflows else { throw fail("announces \(count) numbers") }
      let start = cursor.offset
      guard cursor.take(bytes) != nil else {
        throw fail(
          "announces \(count) numbers, but only \(cursor.remaining) bytes follow: the file is truncated or lies"
        )
      }
      guard places.updateValue(start..<start + bytes, forKey: key) == nil else { throw fail("stands twice") }
    }
    guard cursor.remaining == 0 else { throw file.fault("\(cursor.remaining) bytes after the last storage") }
    return places
  }

  /// What the facts about the machine say of the order of bytes.
  private static func isBigEndian(_ facts: PickleValue, _ heap: PickleHeap) -> Bool {
    guard case .dictionary(let index) = facts else { return false }
    return heap.dictionaries[index].contains { item in
      if case .text("little_endian") = item.key, case .boolean(false) = item.value { true } else { false }
    }
  }
}
