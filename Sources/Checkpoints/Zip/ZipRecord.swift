import Support

/// What the central directory says of an entry.
struct ZipRecord {
  let name: String
  let localHeader: Int
  private let flags: UInt16
  private let method: UInt16
  private let checksum: UInt32
  private var packedSize: Int
  private var size: Int

  /// Bytes of a record without name, extra fields and comment.
  static let leastSize = 46

  /// Takes a record. Throws ``CheckpointError``.
  init(_ cursor: inout ByteCursor, index: Int, _ file: MappedFile) throws(CheckpointError) {
    let truncated = file.fault("record \(index) of the zip directory is damaged or truncated")
    guard cursor.number(UInt32.self) == 0x0201_4B50, cursor.take(4) != nil,
      let flags = cursor.number(UInt16.self), let method = cursor.number(UInt16.self), cursor.take(4) != nil,
      let checksum = cursor.number(UInt32.self), let packedSize = cursor.number(UInt32.self),
      let size = cursor.number(UInt32.self), let nameLength = cursor.number(UInt16.self),
      let extraLength = cursor.number(UInt16.self), let commentLength = cursor.number(UInt16.self),
      cursor.take(8) != nil, let offset = cursor.number(UInt32.self),
      let nameBytes = cursor.take(Int(nameLength)), let extra = cursor.take(Int(extraLength)),
      cursor.take(Int(commentLength)) != nil
    else { throw truncated }
    guard let name = String(validating: nameBytes, as: UTF8.self), !name.contains("\0") else {
      throw file.fault("the name of record \(index) of the zip directory isn't text in UTF-8")
    }
    self.name = name
    self.flags = flags
    self.method = method
    self.checksum = checksum
    var large = LargeNumbers(extra)
    guard let packed = large.resolve(size: size, packedSize: packedSize, offset: offset) else {
      throw file.fault("the zip64 numbers of the entry \"\(name)\" are missing or too large")
    }
    (self.size, self.packedSize, localHeader) = packed
  }

  /// The entry with the place of its bytes, which its local header tells. Throws ``CheckpointError`` if that lies
  /// outside the part of the file before `limit` or disagrees with the directory.
  func located(in file: MappedFile, before limit: Int) throws(CheckpointError) -> ZipEntry {
    func fail(_ reason: String) -> CheckpointError { file.fault("the zip entry \"\(name)\" \(reason)") }
    guard flags & 0x2041 == 0 else { throw fail("is encrypted") }
    var cursor = ByteCursor(file.bytes, at: localHeader)
    guard localHeader < limit, cursor.number(UInt32.self) == 0x0403_4B50, cursor.take(22) != nil,
      let nameLength = cursor.number(UInt16.self), let extraLength = cursor.number(UInt16.self),
      let localName = cursor.take(Int(nameLength)), cursor.take(Int(extraLength)) != nil
    else { throw fail("has no header at byte \(localHeader)") }
    guard localName.elementsEqual(name.utf8) else { throw fail("has another name in its header") }
    guard cursor.offset <= limit, packedSize <= limit - cursor.offset else {
      throw fail("of \(packedSize) bytes at \(cursor.offset) doesn't lie before the directory at \(limit)")
    }
    let method: ZipEntry.Method =
      switch self.method {
      case 0: .stored
      case 8: .deflated
      default: .other(self.method)
      }
    guard method != .stored || size == packedSize else {
      throw fail("is stored in \(packedSize) bytes, but announces \(size)")
    }
    return ZipEntry(
      name: name, method: method, checksum: checksum, range: cursor.offset..<cursor.offset + packedSize,
      size: size)
  }

  /// The extra field with the numbers that 32 bits can't hold.
  private struct LargeNumbers {
    private var cursor: ByteCursor

    init(_ extra: UnsafeRawBufferPointer) {
      cursor = ByteCursor(UnsafeRawBufferPointer(start: nil, count: 0))
      var fields = ByteCursor(extra)
      while let identifier = fields.number(UInt16.self), let length = fields.number(UInt16.self),
        let field = fields.take(Int(length))
      {
        if identifier == 1 { cursor = ByteCursor(field) }
      }
    }

    /// Each number, from the field if the record only holds a mark that it is there.
    mutating func resolve(size: UInt32, packedSize: UInt32, offset: UInt32) -> (Int, Int, Int)? {
      guard let size = number(size), let packedSize = number(packedSize), let offset = number(offset) else {
        return nil
      }
      return (size, packedSize, offset)
    }

    private mutating func number(_ short: UInt32) -> Int? {
      guard short == .max else { return Int(short) }
      return cursor.number(UInt64.self).flatMap { Int(exactly: $0) }
    }
  }
}
