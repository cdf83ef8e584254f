import Support

/// Text files packed by gzip (RFC 1952).
public enum GzipFile {
  /// The text of a file in UTF-8. Throws ``CheckpointError`` if it is damaged, unpacks to more than `limit` bytes, or
  /// isn't text.
  public static func text(_ path: String, limit: Int) throws(CheckpointError) -> String {
    let file: MappedFile
    do { file = try MappedFile(path: path) } catch { throw .file(error) }
    guard file.bytes.count >= 18, file.bytes.starts(with: [0x1F, 0x8B]) else {
      throw file.fault("isn't packed by gzip")
    }
    // The last four bytes announce the size, modulo 2³².
    let size = file.bytes.suffix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
    guard size <= limit else {
      throw file.fault("announces \(size) unpacked bytes; at most \(limit) are allowed")
    }
    let memory = MemoryBytes(count: size)
    return try withExtendedLifetime(memory) { () throws(CheckpointError) in
      guard let result = Inflation.inflate(file.bytes, into: memory.bytes, .gzip), result.count == size,
        result.isComplete
      else { throw file.fault("can't be unpacked: it is damaged") }
      guard let text = String(validating: memory.bytes, as: UTF8.self) else {
        throw file.fault("doesn't unpack to text in UTF-8")
      }
      return text
    }
  }
}
