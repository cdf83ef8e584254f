import Foundation

/// Makes zip archives of stored entries, good and bad.
struct ZipFile {
  struct Entry {
    var name: String
    var data: [UInt8]
    var method: UInt16 = 0
    var flags: UInt16 = 0
    /// What is said instead of the truth.
    var size: UInt32?
    var packedSize: UInt32?
    var offset: UInt32?
    var localName: String?
    var extra: [UInt8] = []
  }

  var entries: [Entry]
  var count: UInt16?
  var directoryOffset: UInt32?
  var directorySize: UInt32?
  /// Between the directory and the end record.
  var beforeEnd: [UInt8] = []

  init(_ entries: [Entry]) { self.entries = entries }

  init(_ files: KeyValuePairs<String, [UInt8]>) {
    entries = files.map { Entry(name: $0.key, data: $0.value) }
  }

  var data: Data {
    var bytes: [UInt8] = []
    var directory: [UInt8] = []
    for entry in entries {
      let offset = UInt32(bytes.count)
      let sizes =
        (entry.packedSize ?? UInt32(entry.data.count)).littleEndianBytes
        + (entry.size ?? UInt32(entry.data.count)).littleEndianBytes
      let fields =
        entry.flags.littleEndianBytes + entry.method.littleEndianBytes + [UInt8](repeating: 0, count: 8)
      let localName = Array((entry.localName ?? entry.name).utf8)
      bytes += UInt32(0x0403_4B50).littleEndianBytes + UInt16(20).littleEndianBytes + fields + sizes
      bytes +=
        UInt16(localName.count).littleEndianBytes + UInt16(0).littleEndianBytes + localName + entry.data
      let name = Array(entry.name.utf8)
      directory += UInt32(0x0201_4B50).littleEndianBytes + UInt32(20).littleEndianBytes + fields + sizes
      directory += UInt16(name.count).littleEndianBytes + UInt16(entry.extra.count).littleEndianBytes
      directory +=
        [UInt8](repeating: 0, count: 10) + (entry.offset ?? offset).littleEndianBytes + name + entry.extra
    }
    let (start, size) = (directoryOffset ?? UInt32(bytes.count), directorySize ?? UInt32(directory.count))
    let count = count ?? UInt16(entries.count)
    bytes += directory + beforeEnd + UInt32(0x0605_4B50).littleEndianBytes + UInt32(0).littleEndianBytes
    bytes += count.littleEndianBytes + count.littleEndianBytes
    return Data(bytes + size.littleEndianBytes + start.littleEndianBytes + UInt16(0).littleEndianBytes)
  }
}
