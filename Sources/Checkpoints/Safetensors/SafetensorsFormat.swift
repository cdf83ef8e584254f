import Support

/// The safetensors format: a header of names, types, shapes and offsets, then the numbers, little endian, without gap.
///
/// The reader is strict. Every tensor lies within the file and beside its neighbours, its extents agree with its
/// bytes, no name stands twice, nothing follows the last tensor. Anything else is refused with the file and the
/// tensor at fault.
enum SafetensorsFormat {
  /// Longest header that is read, as in the reference implementation.
  static let greatestHeader = 100_000_000

  /// Whether a file starts as one of this format: the length of a header that fits, and the header's brace.
  static func recognizes(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard bytes.count > 8, bytes[8] == UInt8(ascii: "{") else { return false }
    return UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self)) <= UInt64(bytes.count - 8)
  }

  /// Checks a file's header. The tensors come in the order of their bytes. Throws ``CheckpointError``.
  static func read(_ file: MappedFile) throws(CheckpointError) -> CheckpointContents {
    let length = try headerLength(of: file)
    let header: SafetensorsHeader
    do {
      header = try SafetensorsHeader(UnsafeRawBufferPointer(rebasing: file.bytes[8..<8 + length]))
    } catch {
      throw file.fault(error.reason, tensor: error.tensor)
    }
    let start = 8 + length
    var places: [(declaration: SafetensorsHeader.Declaration, type: ElementType, range: Range<Int>)] = []
    for declaration in header.declarations {
      let (type, range) = try place(declaration, start: start, file)
      places.append((declaration, type, range))
    }
    // Empty tensors share their offset with the tensor that follows.
    places.sort { ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound) }
    try checkNeighbours(places.map { ($0.declaration.name, $0.range) }, start: start, file)
    var contents = CheckpointContents(metadata: header.metadata)
    for (declaration, type, range) in places {
      contents.tensors.append(
        try StoredTensor(
          name: declaration.name, type: type, shape: declaration.shape, storage: MappedStorage(file, range),
          path: file.path))
    }
    return contents
  }

  private static func headerLength(of file: MappedFile) throws(CheckpointError) -> Int {
    let bytes = file.bytes
    guard bytes.count >= 8 else {
      throw file.fault(
        "\(bytes.count) bytes are too few for a safetensors file: it is truncated or of another format")
    }
    let length = UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
    guard length <= UInt64(bytes.count - 8) else {
      throw file.fault(
        "announces a header of \(length) bytes, but only \(bytes.count - 8) follow: it is truncated or no safetensors file"
      )
    }
    guard length <= UInt64(greatestHeader) else {
      throw file.fault("announces a header of \(length) bytes; at most \(greatestHeader) are allowed")
    }
    return Int(length)
  }

  private static func checkNeighbours(
    _ tensors: [(name: String, range: Range<Int>)], start: Int, _ file: MappedFile
  ) throws(CheckpointError) {
    var end = start
    for (name, range) in tensors {
      let reason = range.lowerBound < end ? "overlaps the tensor before it" : "leaves a gap before it"
      guard range.lowerBound == end else { throw file.fault(reason, tensor: name) }
      end = range.upperBound
      guard end <= file.bytes.count else {
        throw file.fault(
          "ends at byte \(end), but the file has only \(file.bytes.count): it is truncated or lies",
          tensor: name)
      }
    }
    guard end == file.bytes.count else {
      throw file.fault("\(file.bytes.count - end) bytes after the last tensor")
    }
  }

  private static func place(
    _ declaration: SafetensorsHeader.Declaration, start: Int, _ file: MappedFile
  ) throws(CheckpointError) -> (ElementType, Range<Int>) {
    func fail(_ reason: String) -> CheckpointError { file.fault(reason, tensor: declaration.name) }
    guard let type = ElementType(rawValue: declaration.type) else {
      let known = ElementType.allCases.map(\.rawValue)
      throw fail(
        "unknown dtype \"\(declaration.type)\"\(Suggestion.clause(for: declaration.type, among: known))")
    }
    // Zeros count as ones here, so that no order of extents hides an overflow.
    var size = type.size
    for extent in declaration.shape {
      let (product, overflows) = size.multipliedReportingOverflow(by: max(1, extent))
      guard !overflows else { throw fail("a shape of \(declaration.shape) overflows") }
      size = product
    }
    if declaration.shape.contains(0) { size = 0 }
    guard declaration.begin <= declaration.end else {
      throw fail("its data end at \(declaration.end), before they begin at \(declaration.begin)")
    }
    guard declaration.end - declaration.begin == size else {
      throw fail(
        "\(type.rawValue) of shape \(declaration.shape) takes \(size) bytes, but its offsets span "
          + "\(declaration.end - declaration.begin)")
    }
    let (end, overflows) = declaration.end.addingReportingOverflow(start)
    guard !overflows else { throw fail("its offsets overflow") }
    return (type, declaration.begin + start..<end)
  }
}
