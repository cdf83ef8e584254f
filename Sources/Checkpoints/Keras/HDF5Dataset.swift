import CHDF5
import Support

/// An array of an HDF5 file as libhdf5 lists it; nothing is checked.
struct HDF5Dataset {
  /// A block of a chunked array.
  struct Chunk {
    /// Its first element.
    let place: [Int]
    /// Filters that were left out, a bit each.
    let mask: Int
    let address: Int
    let size: Int
  }

  /// Its path from the group of weights.
  var path: String
  /// The type of its numbers, or `nil` if they are none: texts, records.
  let type: ElementType?
  let isBigEndian: Bool
  let shape: [Int]
  private let layout: Int
  /// Its first byte if it is contiguous, else that of its first chunk; −1 if it has none.
  let address: Int
  private let filters: [Int]
  private let chunkShape: [Int]
  private let chunks: [Chunk]

  /// Takes a dataset from a list, or gives `nil` if the list ends in it.
  init?(_ cursor: inout ByteCursor) {
    func word() -> Int? { cursor.number(UInt64.self).map { Int(truncatingIfNeeded: $0) } }
    func words(_ count: Int) -> [Int]? {
      guard count >= 0, count <= cursor.remaining / 8 else { return nil }
      return (0..<count).compactMap { _ in word() }
    }
    guard let path = Self.text(&cursor), let kind = words(9), let rank = word(), let shape = words(rank),
      let layout = word(), let address = word(), let filterCount = word(), let filters = words(filterCount)
    else { return nil }
    self.path = path
    type = Self.type(kind)
    isBigEndian = kind[2] == 1
    self.shape = shape
    self.layout = layout
    self.filters = filters
    guard layout == Int(VITRINE_HDF5_CHUNKED) else {
      self.address = address
      (chunkShape, chunks) = ([], [])
      return
    }
    guard let chunkShape = words(rank), let chunkCount = word(), chunkCount >= 0,
      chunkCount <= cursor.remaining / 24
    else { return nil }
    var chunks: [Chunk] = []
    for _ in 0..<chunkCount {
      guard let place = words(rank), let rest = words(3) else { return nil }
      chunks.append(Chunk(place: place, mask: rest[0], address: rest[1], size: rest[2]))
    }
    self.chunkShape = chunkShape
    self.chunks = chunks
    self.address = chunks.map(\.address).min() ?? -1
  }

  /// Takes a padded text from a list.
  static func text(_ cursor: inout ByteCursor) -> String? {
    guard let length = cursor.number(UInt64.self).flatMap({ Int(exactly: $0) }), length <= cursor.remaining,
      let bytes = cursor.take(length), cursor.take((8 - length % 8) % 8) != nil
    else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The tensor over the array's bytes, or `nil` if it holds no numbers. Throws ``CheckpointError`` if they don't lie
  /// in the file.
  func tensor(_ name: String, in file: MappedFile) throws(CheckpointError) -> StoredTensor? {
    guard let type else { return nil }
    func fail(_ reason: String) -> CheckpointError { file.fault(reason, tensor: name) }
    var size = type.size
    for extent in shape {
      let (product, overflows) = size.multipliedReportingOverflow(by: max(1, extent))
      guard extent >= 0, !overflows else { throw fail("a shape of \(shape) overflows") }
      size = product
    }
    if shape.contains(0) { size = 0 }
    let storage: any TensorStorage
    switch layout {
    case _ where size == 0: storage = MappedStorage(file, 0..<0)
    case Int(VITRINE_HDF5_CONTIGUOUS):
      guard address >= 0, address <= file.bytes.count, size <= file.bytes.count - address else {
        throw fail("its \(size) bytes at \(address) don't lie in the file, which has \(file.bytes.count)")
      }
      storage = MappedStorage(file, address..<address + size)
    case Int(VITRINE_HDF5_CHUNKED):
      storage = try ChunkedStorage(
        file, name: name, shape: shape, elementSize: type.size, size: size, chunkShape: chunkShape,
        chunks: chunks, filters: filters)
    default: throw fail("lies outside the file or in its header, which isn't understood")
    }
    return try StoredTensor(
      name: name, type: type, shape: shape, storage: storage, isBigEndian: isBigEndian, path: file.path)
  }

  /// The type of (class, bytes, order, sign, exponent's place and size, mantissa's place and size, bias).
  private static func type(_ kind: [Int]) -> ElementType? {
    let (isInteger, isFloat) = (kind[0] == 0, kind[0] == 1)
    if isInteger {
      switch (kind[1], kind[3] == 1) {
      case (1, true): return .int8
      case (1, false): return .uint8
      case (2, true): return .int16
      case (2, false): return .uint16
      case (4, true): return .int32
      case (4, false): return .uint32
      case (8, true): return .int64
      case (8, false): return .uint64
      default: return nil
      }
    }
    guard isFloat else { return nil }
    switch (kind[1], Array(kind[3...8])) {
    case (2, [15, 10, 5, 0, 10, 15]): return .float16
    case (2, [15, 7, 8, 0, 7, 127]): return .bfloat16
    case (4, [31, 23, 8, 0, 23, 127]): return .float32
    case (8, [63, 52, 11, 0, 52, 1023]): return .float64
    default: return nil
    }
  }
}
