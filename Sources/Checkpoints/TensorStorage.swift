import Support

/// Where the bytes of one or several tensors come from.
protocol TensorStorage: AnyObject, Sendable {
  /// How many bytes there are.
  var byteCount: Int { get }
  /// How many of them are unpacked into memory each time that they are asked for.
  var unpackedByteCount: Int { get }
  /// The bytes: where they lie in the file, or unpacked into memory of their own. Throws ``CheckpointError`` if they
  /// can't be unpacked.
  func bytes() throws(CheckpointError) -> StorageBytes
}

/// Bytes, and the object that they live as long as.
struct StorageBytes {
  let bytes: UnsafeRawBufferPointer
  let owner: AnyObject
}

/// Bytes that are used where they lie in a mapped file.
final class MappedStorage: TensorStorage {
  private let file: MappedFile
  private let range: Range<Int>

  /// A range of a file, which must lie inside.
  init(_ file: MappedFile, _ range: Range<Int>) {
    self.file = file
    self.range = range
  }

  var byteCount: Int { range.count }
  var unpackedByteCount: Int { 0 }

  func bytes() -> StorageBytes {
    StorageBytes(bytes: UnsafeRawBufferPointer(rebasing: file.bytes[range]), owner: file)
  }
}

/// Bytes in memory of their own.
final class MemoryBytes: @unchecked Sendable {
  let bytes: UnsafeMutableRawBufferPointer

  /// Memory of zeros.
  init(count: Int) {
    bytes = .allocate(byteCount: count, alignment: 64)
    bytes.initializeMemory(as: UInt8.self, repeating: 0)
  }

  deinit { bytes.deallocate() }
}
