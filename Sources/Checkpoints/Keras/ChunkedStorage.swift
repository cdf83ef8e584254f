import Support

/// An HDF5 array that lies in blocks of equal extents, which may be packed: by deflate, after the bytes of each number
/// were spread ("shuffle"). Unpacked each time that its bytes are asked for.
final class ChunkedStorage: TensorStorage {
  private let file: MappedFile
  private let name: String
  private let shape: [Int]
  private let elementSize: Int
  private let chunkShape: [Int]
  private let chunks: [HDF5Dataset.Chunk]
  private let filters: [Filter]
  private let chunkSize: Int
  let byteCount: Int
  let unpackedByteCount: Int

  /// What was done to a block's bytes before they were stored, by HDF5's numbers.
  private enum Filter: Int {
    case deflate = 1
    case shuffle = 2
    /// A checksum of four bytes at the end.
    case fletcher32 = 3
  }

  /// Blocks of a file. Throws ``CheckpointError`` if any lies outside the file or the array, two lie at the same place,
  /// or a filter isn't understood.
  init(
    _ file: MappedFile, name: String, shape: [Int], elementSize: Int, size: Int, chunkShape: [Int],
    chunks: [HDF5Dataset.Chunk], filters: [Int]
  ) throws(CheckpointError) {
    func fail(_ reason: String) -> CheckpointError { file.fault(reason, tensor: name) }
    let limit = CheckpointLimits.greatestSize(fileBytes: file.bytes.count)
    var chunkSize = elementSize
    for extent in chunkShape {
      let (product, overflows) = chunkSize.multipliedReportingOverflow(by: extent)
      guard extent > 0, !overflows, product <= limit else {
        throw fail("its blocks of \(chunkShape) are too large")
      }
      chunkSize = product
    }
    var understood: [Filter] = []
    for number in filters {
      guard let filter = Filter(rawValue: number) else {
        throw fail("is packed by HDF5's filter \(number), which isn't understood; deflate and shuffle are")
      }
      understood.append(filter)
    }
    var places: Set<[Int]> = []
    for chunk in chunks {
      guard chunk.address >= 0, chunk.size >= 0, chunk.address <= file.bytes.count,
        chunk.size <= file.bytes.count - chunk.address
      else { throw fail("a block of \(chunk.size) bytes at \(chunk.address) doesn't lie in the file") }
      let isInside = zip(zip(chunk.place, chunkShape), shape).allSatisfy { place, extent in
        place.0 >= 0 && place.0 < extent && place.0.isMultiple(of: place.1)
      }
      guard isInside, places.insert(chunk.place).inserted else {
        throw fail("a block at \(chunk.place) leaves the shape \(shape), or stands twice")
      }
    }
    self.file = file
    self.name = name
    self.shape = shape
    self.elementSize = elementSize
    self.chunkShape = chunkShape
    self.chunks = chunks
    self.filters = understood
    self.chunkSize = chunkSize
    byteCount = size
    // Every block is unpacked whole, even where it reaches beyond the array's end.
    let (blocks, overflows) = chunkSize.multipliedReportingOverflow(by: chunks.count)
    unpackedByteCount = overflows ? .max : max(size, blocks)
  }

  func bytes() throws(CheckpointError) -> StorageBytes {
    let memory = MemoryBytes(count: byteCount)
    for chunk in chunks {
      let packed = UnsafeRawBufferPointer(rebasing: file.bytes[chunk.address..<chunk.address + chunk.size])
      let unpacked = try unpack(StorageBytes(bytes: packed, owner: file), mask: chunk.mask)
      guard unpacked.bytes.count == chunkSize else { throw damaged }
      withExtendedLifetime(unpacked.owner) { place(unpacked.bytes, at: chunk.place, into: memory.bytes) }
    }
    return StorageBytes(bytes: UnsafeRawBufferPointer(memory.bytes), owner: memory)
  }

  private var damaged: CheckpointError {
    file.fault("a block can't be unpacked: it is damaged", tensor: name)
  }

  /// Undoes the filters, the last first.
  private func unpack(_ packed: StorageBytes, mask: Int) throws(CheckpointError) -> StorageBytes {
    var current = packed
    for (index, filter) in filters.enumerated().reversed() where mask >> index & 1 == 0 {
      switch filter {
      case .fletcher32:
        guard current.bytes.count >= 4 else { throw damaged }
        current = StorageBytes(
          bytes: UnsafeRawBufferPointer(rebasing: current.bytes.dropLast(4)), owner: current.owner)
      case .deflate:
        let memory = MemoryBytes(count: chunkSize)
        let result = withExtendedLifetime(current.owner) {
          Inflation.inflate(current.bytes, into: memory.bytes, .zlib)
        }
        guard let result, result.count == chunkSize, result.isComplete else { throw damaged }
        current = StorageBytes(bytes: UnsafeRawBufferPointer(memory.bytes), owner: memory)
      case .shuffle:
        guard current.bytes.count == chunkSize else { throw damaged }
        let memory = MemoryBytes(count: chunkSize)
        let count = chunkSize / elementSize
        withExtendedLifetime(current.owner) {
          for byte in 0..<elementSize {
            for element in 0..<count {
              memory.bytes[element * elementSize + byte] = current.bytes[byte * count + element]
            }
          }
        }
        current = StorageBytes(bytes: UnsafeRawBufferPointer(memory.bytes), owner: memory)
      }
    }
    return current
  }

  /// Copies a block row by row to its place; what reaches beyond the array's end is left out.
  private func place(
    _ block: UnsafeRawBufferPointer, at place: [Int], into target: UnsafeMutableRawBufferPointer
  ) {
    let rank = shape.count
    guard rank > 0 else { return target.copyMemory(from: block) }
    let extents = (0..<rank).map { min(chunkShape[$0], shape[$0] - place[$0]) }
    var position = [Int](repeating: 0, count: rank - 1)
    let rowSize = extents[rank - 1] * elementSize
    while true {
      var (source, destination) = (0, 0)
      for axis in 0..<rank {
        let index = axis < rank - 1 ? position[axis] : 0
        source = source * chunkShape[axis] + index
        destination = destination * shape[axis] + place[axis] + index
      }
      let row = UnsafeRawBufferPointer(rebasing: block[source * elementSize..<source * elementSize + rowSize])
      UnsafeMutableRawBufferPointer(
        rebasing: target[destination * elementSize..<destination * elementSize + rowSize]
      ).copyMemory(from: row)
      var axis = rank - 2
      while axis >= 0 {
        position[axis] += 1
        if position[axis] < extents[axis] { break }
        position[axis] = 0
        axis -= 1
      }
      if axis < 0 { return }
    }
  }
}
