import Support

/// NumPy's files: an array in a `.npy`, or a zip archive of several, `.npz`.
enum NumpyArray {
  /// The name of the tensor in a file of one array, which has no names.
  static let soleName = "array"

  /// Whether an archive holds arrays.
  static func recognizes(_ archive: ZipArchive) -> Bool {
    archive.entries.contains { $0.name.hasSuffix(".npy") }
  }

  /// The tensor of a `.npy`. Throws ``CheckpointError``.
  static func read(_ file: MappedFile) throws(CheckpointError) -> CheckpointContents {
    let storage = MappedStorage(file, 0..<file.bytes.count)
    return CheckpointContents(tensors: [try tensor(soleName, start: file.bytes, storage, file)])
  }

  /// The tensors of a `.npz`, named by their entries without the suffix. Throws ``CheckpointError``.
  static func read(_ archive: ZipArchive) throws(CheckpointError) -> CheckpointContents {
    var contents = CheckpointContents()
    for entry in archive.entries {
      guard entry.name.hasSuffix(".npy") else {
        throw archive.file.fault("the zip entry \"\(entry.name)\" is no array: all of a .npz must be")
      }
      let start = try archive.start(of: entry, limit: NumpyHeader.greatestSize + 16)
      contents.tensors.append(
        try withExtendedLifetime(start.owner) { () throws(CheckpointError) in
          try tensor(
            String(entry.name.dropLast(".npy".count)), start: start.bytes, archive.storage(entry),
            archive.file)
        })
    }
    return contents
  }

  private static func tensor(
    _ name: String, start: UnsafeRawBufferPointer, _ storage: any TensorStorage, _ file: MappedFile
  ) throws(CheckpointError) -> StoredTensor {
    let header: NumpyHeader
    do { header = try NumpyHeader(start) } catch { throw file.fault(error.reason, tensor: name) }
    let numbers = OffsetStorage(storage, from: header.size)
    let tensor = try StoredTensor(
      name: name, type: header.type, shape: header.shape, strides: header.strides, storage: numbers,
      isBigEndian: header.isBigEndian, path: file.path)
    guard tensor.count * header.type.size == numbers.byteCount else {
      throw file.fault(
        "shape \(header.shape) takes \(tensor.count * header.type.size) bytes, but \(numbers.byteCount) follow the header",
        tensor: name)
    }
    return tensor
  }
}

/// The bytes of another storage from some byte on.
final class OffsetStorage: TensorStorage {
  private let base: any TensorStorage
  private let offset: Int

  init(_ base: any TensorStorage, from offset: Int) {
    self.base = base
    self.offset = min(offset, base.byteCount)
  }

  var byteCount: Int { base.byteCount - offset }
  var unpackedByteCount: Int { base.unpackedByteCount }

  func bytes() throws(CheckpointError) -> StorageBytes {
    let whole = try base.bytes()
    return StorageBytes(
      bytes: UnsafeRawBufferPointer(rebasing: whole.bytes[offset...]), owner: whole.owner)
  }
}
