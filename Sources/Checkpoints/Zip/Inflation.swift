import CZlib
import Support

/// Unpacks deflated bytes into memory of a size that is known before; more is never written.
enum Inflation {
  /// How bytes are wrapped.
  enum Wrapping: Int32 {
    /// Not at all, as in zip archives.
    case raw = -15
    /// With zlib's header and checksum, as in HDF5.
    case zlib = 15
    /// With gzip's.
    case gzip = 31
  }

  /// Unpacks `source` into `target`, whole or only its start. Gives how many bytes were written and whether the source
  /// ended there, or `nil` if it is damaged.
  static func inflate(
    _ source: UnsafeRawBufferPointer, into target: UnsafeMutableRawBufferPointer, _ wrapping: Wrapping
  ) -> (count: Int, isComplete: Bool)? {
    var stream = z_stream()
    guard
      inflateInit2_(&stream, wrapping.rawValue, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { return nil }
    defer { inflateEnd(&stream) }
    var (taken, written) = (0, 0)
    // An empty target still needs an address.
    var nothing: UInt8 = 0
    while true {
      // zlib counts in 32 bits.
      let input = min(source.count - taken, 1 << 30)
      let output = min(target.count - written, 1 << 30)
      let status: Int32 = withUnsafeMutablePointer(to: &nothing) { nothing in
        stream.next_in = source.baseAddress.map {
          UnsafeMutablePointer(mutating: ($0 + taken).assumingMemoryBound(to: UInt8.self))
        }
        stream.avail_in = UInt32(input)
        stream.next_out =
          target.baseAddress.map { ($0 + written).assumingMemoryBound(to: UInt8.self) } ?? nothing
        stream.avail_out = UInt32(output)
        return CZlib.inflate(&stream, Z_NO_FLUSH)
      }
      let progress = (input - Int(stream.avail_in), output - Int(stream.avail_out))
      taken += progress.0
      written += progress.1
      switch status {
      case Z_STREAM_END: return (written, taken == source.count)
      case Z_OK where progress != (0, 0): continue
      // No room, or no more bytes.
      case Z_OK, Z_BUF_ERROR: return (written, false)
      default: return nil
      }
    }
  }

  /// All bytes of an entry. Throws ``CheckpointError`` if they aren't as many as announced, or have another checksum.
  static func whole(_ file: MappedFile, _ entry: ZipEntry) throws(CheckpointError) -> StorageBytes {
    let memory = MemoryBytes(count: entry.size)
    let packed = UnsafeRawBufferPointer(rebasing: file.bytes[entry.range])
    guard let result = inflate(packed, into: memory.bytes, .raw) else {
      throw file.fault("the zip entry \"\(entry.name)\" can't be unpacked: it is damaged")
    }
    guard result.count == entry.size, result.isComplete else {
      throw file.fault(
        "the zip entry \"\(entry.name)\" doesn't unpack to the \(entry.size) bytes that it announces")
    }
    guard checksum(UnsafeRawBufferPointer(memory.bytes)) == entry.checksum else {
      throw file.fault("the zip entry \"\(entry.name)\" has another checksum than announced: it is damaged")
    }
    return StorageBytes(bytes: UnsafeRawBufferPointer(memory.bytes), owner: memory)
  }

  /// The first `count` bytes of an entry. Throws ``CheckpointError``.
  static func start(
    of file: MappedFile, _ entry: ZipEntry, count: Int
  ) throws(CheckpointError) -> StorageBytes {
    let memory = MemoryBytes(count: count)
    let packed = UnsafeRawBufferPointer(rebasing: file.bytes[entry.range])
    guard let result = inflate(packed, into: memory.bytes, .raw), result.count == count else {
      throw file.fault("the zip entry \"\(entry.name)\" can't be unpacked: it is damaged")
    }
    return StorageBytes(bytes: UnsafeRawBufferPointer(memory.bytes), owner: memory)
  }

  private static func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
    UInt32(
      truncatingIfNeeded: crc32_z(0, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count))
  }
}

/// A deflated zip entry, unpacked each time that its bytes are asked for.
final class DeflatedStorage: TensorStorage {
  private let file: MappedFile
  private let entry: ZipEntry

  init(_ file: MappedFile, _ entry: ZipEntry) {
    self.file = file
    self.entry = entry
  }

  var byteCount: Int { entry.size }
  var unpackedByteCount: Int { entry.size }

  func bytes() throws(CheckpointError) -> StorageBytes { try Inflation.whole(file, entry) }
}
