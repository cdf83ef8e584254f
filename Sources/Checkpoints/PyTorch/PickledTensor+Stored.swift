import Support

extension PickledTensor {
  /// The tensor over the bytes of its storage. Throws ``CheckpointError`` if it would leave them.
  func stored(
    _ name: String, _ heap: PickleHeap, _ bytes: any TensorStorage, isBigEndian: Bool, _ file: MappedFile
  ) throws(CheckpointError) -> StoredTensor {
    func fail(_ reason: String) -> CheckpointError { file.fault(reason, tensor: name) }
    guard let shape = heap.integers(shape), let strides = heap.integers(strides) else {
      throw fail("its shape or strides aren't integers")
    }
    let (size, overflows) = storage.count.multipliedReportingOverflow(by: storage.type?.size ?? 1)
    guard !overflows, size <= bytes.byteCount else {
      throw fail(
        "its storage \"\(storage.key)\" announces \(storage.count) numbers, but has only \(bytes.byteCount) bytes"
      )
    }
    let (first, exceeds) = offset.addingReportingOverflow(storage.start)
    guard !exceeds else { throw fail("its offset overflows") }
    return try StoredTensor(
      name: name, type: type, shape: shape, strides: strides, offset: first, storage: bytes,
      isBigEndian: isBigEndian, path: file.path)
  }
}

extension MappedFile {
  /// Runs a pickle of this file, or of a part of it. Throws ``CheckpointError`` with the byte at fault.
  func run(_ machine: inout PickleMachine, in part: String) throws(CheckpointError) -> PickleValue {
    do {
      return try machine.run()
    } catch {
      throw fault("byte \(error.offset) of \(part): \(error.reason)")
    }
  }
}
