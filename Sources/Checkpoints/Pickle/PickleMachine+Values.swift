extension PickleMachine {
  /// The value that an instruction carries.
  mutating func literal(_ opcode: PickleOpcode) throws(Fault) -> PickleValue {
    switch opcode {
    case .newTrue: return .boolean(true)
    case .newFalse: return .boolean(false)
    case .binInt: return .integer(Int(try take(Int32.self)))
    case .binInt1: return .integer(Int(try take(UInt8.self)))
    case .binInt2: return .integer(Int(try take(UInt16.self)))
    case .long1: return long(try takeBytes(Int(try take(UInt8.self))))
    case .long4: return long(try takeBytes(Int(try take(Int32.self))))
    // The one number that pickles hold big endian.
    case .binFloat: return .float(Double(bitPattern: UInt64(bigEndian: try take(UInt64.self).littleEndian)))
    case .shortBinString: return text(orBytes: try takeBytes(Int(try take(UInt8.self))))
    case .binString: return text(orBytes: try takeBytes(Int(try take(Int32.self))))
    case .shortBinUnicode: return .text(try text(try takeBytes(Int(try take(UInt8.self)))))
    case .binUnicode: return .text(try text(try takeBytes(Int(try take(UInt32.self)))))
    case .binUnicode8: return .text(try text(try takeBytes(try length())))
    case .shortBinBytes: return bytes(try takeBytes(Int(try take(UInt8.self))))
    case .binBytes: return bytes(try takeBytes(Int(try take(UInt32.self))))
    case .binBytes8, .byteArray8: return bytes(try takeBytes(try length()))
    default: return .none
    }
  }

  /// Puts values together.
  mutating func collect(_ opcode: PickleOpcode) throws {
    switch opcode {
    case .emptyTuple: push(.tuple(try heap.sequence([])))
    case .tuple: push(.tuple(try heap.sequence(try popToMark())))
    case .tuple1, .tuple2, .tuple3:
      var elements: [PickleValue] = []
      for _ in PickleOpcode.tuple1.rawValue...opcode.rawValue { elements.append(try pop()) }
      push(.tuple(try heap.sequence(elements.reversed())))
    case .emptyList: push(.list(try heap.sequence([])))
    case .list: push(.list(try heap.sequence(try popToMark())))
    case .append:
      let element = try pop()
      try append([element])
    case .appends: try append(try popToMark())
    case .emptyDictionary: push(.dictionary(try heap.dictionary()))
    case .dictionary:
      let items = try popToMark()
      push(.dictionary(try heap.dictionary()))
      try insert(items)
    case .setItem:
      let value = try pop()
      let key = try pop()
      try insert([key, value])
    case .setItems: try insert(try popToMark())
    case .emptySet: push(.opaque("a set"))
    case .addItems:
      _ = try popToMark()
      guard case .opaque = try top() else { throw fault("items are added to \(try top().kind)") }
    case .frozenSet:
      _ = try popToMark()
      push(.opaque("a set"))
    default: break
    }
  }

  private mutating func append(_ elements: [PickleValue]) throws {
    switch try top() {
    case .list(let index): try heap.append(elements, toSequence: index)
    case .opaque: break
    case let other: throw fault("elements are appended to \(other.kind)")
    }
  }

  /// Puts keys and values in turn into the dictionary on top.
  mutating func insert(_ items: [PickleValue]) throws {
    guard items.count.isMultiple(of: 2) else { throw fault("a key without value") }
    switch try top() {
    case .dictionary(let index):
      for place in stride(from: 0, to: items.count, by: 2) {
        try heap.insert(items[place + 1], for: items[place], inDictionary: index)
      }
    case .opaque: break
    case let other: throw fault("items are set in \(other.kind)")
    }
  }

  /// Takes so many bytes after the instruction.
  mutating func takeBytes(_ count: Int) throws(Fault) -> UnsafeRawBufferPointer {
    guard let bytes = cursor.take(count) else {
      throw fault(
        "\(count) bytes are announced, but \(cursor.remaining) follow: the pickle is truncated or lies")
    }
    return bytes
  }

  /// Text in UTF-8.
  func text(_ bytes: UnsafeRawBufferPointer) throws(Fault) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else { throw fault("a text that isn't UTF-8") }
    return text
  }

  /// Python 2 wrote texts as bytes.
  private func text(orBytes bytes: UnsafeRawBufferPointer) -> PickleValue {
    String(validating: bytes, as: UTF8.self).map { .text($0) } ?? .opaque("bytes")
  }

  /// No checkpoint's tensors depend on bytes in its pickle.
  private func bytes(_ bytes: UnsafeRawBufferPointer) -> PickleValue { .opaque("bytes") }

  private mutating func length() throws(Fault) -> Int { Int(clamping: try take(UInt64.self)) }

  /// An integer in two's complement, least significant byte first.
  private func long(_ bytes: UnsafeRawBufferPointer) -> PickleValue {
    guard bytes.count <= 8 else {
      return bytes.count <= 16 ? .longInteger(Array(bytes)) : .opaque("an integer")
    }
    var bits: UInt64 = (bytes.last ?? 0) < 0x80 ? 0 : .max
    for byte in bytes.reversed() { bits = bits << 8 | UInt64(byte) }
    return .integer(Int(Int64(bitPattern: bits)))
  }
}
