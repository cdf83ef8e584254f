import Network
import Support

/// A checkpoint in the safetensors format, mapped and checked: a header of names, types, shapes and offsets, then
/// the numbers, little endian, without gap.
///
/// The reader is strict. Every tensor lies within the file and beside its neighbours, its extents agree with its
/// bytes, no name stands twice, nothing follows the last tensor. Anything else is refused with the file and the
/// tensor at fault.
public struct Safetensors: Sendable {
  /// One tensor of the file.
  public struct Entry: Sendable, Equatable {
    /// Its name in the checkpoint.
    public let name: String
    /// How its numbers are stored.
    public let type: ElementType
    /// Its extents, outermost first; none for a single number.
    public let shape: [Int]
    /// Its bytes, counted from the start of the file.
    public let range: Range<Int>

    /// How many numbers it holds.
    public var count: Int { range.count / type.size }
  }

  /// The file.
  public let path: String
  /// The tensors in the order of their bytes.
  public let entries: [Entry]
  /// What the header says about the file.
  public let metadata: [String: String]
  let file: MappedFile
  private let places: [String: Int]

  /// Longest header that is read, as in the reference implementation.
  static let greatestHeader = 100_000_000

  /// Maps a file and checks its header. Throws ``ModelError``.
  public init(path: String) throws(ModelError) {
    self.path = path
    do { file = try MappedFile(path: path) } catch { throw .file(error) }
    let (length, bytes) = try Self.headerLength(of: file)
    let header: SafetensorsHeader
    do {
      header = try SafetensorsHeader(UnsafeRawBufferPointer(rebasing: bytes[8..<8 + length]))
    } catch {
      throw .checkpoint(path: path, tensor: error.tensor, reason: error.reason)
    }
    let start = 8 + length
    var entries: [Entry] = []
    for declaration in header.declarations {
      entries.append(try Self.entry(declaration, start: start, path: path))
    }
    // Empty tensors share their offset with the tensor that follows.
    entries.sort { ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound) }
    var end = start
    for entry in entries {
      let reason = entry.range.lowerBound < end ? "overlaps the tensor before it" : "leaves a gap before it"
      guard entry.range.lowerBound == end else {
        throw .checkpoint(path: path, tensor: entry.name, reason: reason)
      }
      end = entry.range.upperBound
      guard end <= bytes.count else {
        throw .checkpoint(
          path: path, tensor: entry.name,
          reason: "ends at byte \(end), but the file has only \(bytes.count): it is truncated or lies")
      }
    }
    guard end == bytes.count else {
      throw .checkpoint(path: path, tensor: nil, reason: "\(bytes.count - end) bytes after the last tensor")
    }
    self.entries = entries
    metadata = header.metadata
    places = Dictionary(uniqueKeysWithValues: entries.enumerated().map { ($1.name, $0) })
  }

  /// The tensor of a name, or `nil`.
  public subscript(name: String) -> Entry? { places[name].map { entries[$0] } }

  /// SHA-256 of the whole file: the identity of the weights.
  public var hash: String { withExtendedLifetime(file) { Digest.sha256(file.bytes) } }

  private static func headerLength(of file: MappedFile) throws(ModelError) -> (Int, UnsafeRawBufferPointer) {
    let bytes = file.bytes
    func fail(_ reason: String) -> ModelError { .checkpoint(path: file.path, tensor: nil, reason: reason) }
    guard bytes.count >= 8 else {
      throw fail(
        "\(bytes.count) bytes are too few for a safetensors file: it is truncated or of another format")
    }
    let length = UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
    guard length <= UInt64(bytes.count - 8) else {
      throw fail(
        "announces a header of \(length) bytes, but only \(bytes.count - 8) follow: it is truncated or no safetensors file"
      )
    }
    guard length <= UInt64(greatestHeader) else {
      throw fail("announces a header of \(length) bytes; at most \(greatestHeader) are allowed")
    }
    return (Int(length), bytes)
  }

  private static func entry(
    _ declaration: SafetensorsHeader.Declaration, start: Int, path: String
  ) throws(ModelError) -> Entry {
    func fail(_ reason: String) -> ModelError {
      .checkpoint(path: path, tensor: declaration.name, reason: reason)
    }
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
    return Entry(
      name: declaration.name, type: type, shape: declaration.shape, range: declaration.begin + start..<end)
  }
}
