import Support

/// Where an archive's central directory lies, as its end record says.
struct ZipDirectory {
  /// Its first byte.
  let start: Int
  /// Its bytes.
  let size: Int
  /// Its entries.
  let count: Int

  /// Bytes of the end record without the comment.
  private static let endSize = 22
  /// Bytes of the pointer to the zip64 end record, which stands before the end record.
  private static let locatorSize = 20

  /// Finds the directory. Throws ``CheckpointError`` if the archive is truncated, in several parts or lies.
  static func located(in file: MappedFile) throws(CheckpointError) -> ZipDirectory {
    guard let end = endRecord(file.bytes) else {
      throw file.fault("is a zip archive without its end: it is truncated")
    }
    var cursor = ByteCursor(file.bytes, at: end + 4)
    guard let disk = cursor.number(UInt16.self), let firstDisk = cursor.number(UInt16.self),
      let countHere = cursor.number(UInt16.self), let count = cursor.number(UInt16.self),
      let size = cursor.number(UInt32.self), let start = cursor.number(UInt32.self)
    else { throw file.fault("the zip archive's end is truncated") }
    var directory: ZipDirectory
    var limit = end
    if count == .max || size == .max || start == .max {
      limit = end - locatorSize
      directory = try large(in: file, locator: limit)
    } else {
      guard disk == 0, firstDisk == 0, countHere == count else {
        throw file.fault("is a zip archive in several parts, which isn't understood")
      }
      directory = ZipDirectory(start: Int(start), size: Int(size), count: Int(count))
    }
    guard directory.start <= limit, directory.size <= limit - directory.start else {
      throw file.fault(
        "the zip directory of \(directory.size) bytes at \(directory.start) doesn't lie before the archive's end at \(limit)"
      )
    }
    return directory
  }

  /// The records of all entries but folders. Throws ``CheckpointError``.
  func records(in file: MappedFile) throws(CheckpointError) -> [ZipRecord] {
    guard count <= ZipArchive.mostEntries, count <= size / ZipRecord.leastSize else {
      throw file.fault("a zip directory of \(size) bytes announces \(count) entries")
    }
    var cursor = ByteCursor(UnsafeRawBufferPointer(rebasing: file.bytes[start..<start + size]))
    var records: [ZipRecord] = []
    for index in 0..<count {
      let record = try ZipRecord(&cursor, index: index, file)
      if !record.name.hasSuffix("/") { records.append(record) }
    }
    guard cursor.remaining == 0 else {
      throw file.fault("\(cursor.remaining) bytes after the last entry of the zip directory")
    }
    return records
  }

  /// The last place that holds an end record whose comment reaches to the end of the file.
  private static func endRecord(_ bytes: UnsafeRawBufferPointer) -> Int? {
    guard bytes.count >= endSize else { return nil }
    for place in (max(0, bytes.count - endSize - 0xFFFF)...bytes.count - endSize).reversed() {
      guard bytes[place] == UInt8(ascii: "P") else { continue }
      var cursor = ByteCursor(bytes, at: place)
      guard cursor.number(UInt32.self) == 0x0605_4B50 else { continue }
      cursor = ByteCursor(bytes, at: place + endSize - 2)
      if let comment = cursor.number(UInt16.self), place + endSize + Int(comment) == bytes.count {
        return place
      }
    }
    return nil
  }

  /// The directory of an archive with more entries or bytes than 16 and 32 bits count.
  private static func large(in file: MappedFile, locator: Int) throws(CheckpointError) -> ZipDirectory {
    let fault = file.fault("the zip64 end of the archive is missing or damaged")
    guard locator >= 0 else { throw fault }
    var cursor = ByteCursor(file.bytes, at: locator)
    guard cursor.number(UInt32.self) == 0x0706_4B50, cursor.number(UInt32.self) == 0,
      let place = cursor.number(UInt64.self), place <= UInt64(locator)
    else { throw fault }
    cursor = ByteCursor(file.bytes, at: Int(place))
    guard cursor.number(UInt32.self) == 0x0606_4B50, cursor.number(UInt64.self) != nil, cursor.take(4) != nil,
      cursor.number(UInt32.self) == 0, cursor.number(UInt32.self) == 0,
      let countHere = cursor.number(UInt64.self), let count = cursor.number(UInt64.self),
      let size = cursor.number(UInt64.self), let start = cursor.number(UInt64.self), countHere == count,
      let count = Int(exactly: count), let size = Int(exactly: size), let start = Int(exactly: start)
    else { throw fault }
    return ZipDirectory(start: start, size: size, count: count)
  }
}
