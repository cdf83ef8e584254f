import Support

/// Reads small text files.
enum TextFile {
  /// A file's text in UTF-8. Throws ``ModelError`` if it is longer than `limit` bytes or no text.
  static func read(_ path: String, limit: Int) throws(ModelError) -> String {
    let file: MappedFile
    do { file = try MappedFile(path: path) } catch { throw .file(error) }
    guard file.bytes.count <= limit else {
      throw .text(
        path: path, line: 0, column: 0, reason: "\(file.bytes.count) bytes; at most \(limit) are allowed")
    }
    guard let text = withExtendedLifetime(file, { String(validating: file.bytes, as: UTF8.self) }) else {
      throw .text(path: path, line: 0, column: 0, reason: "the file isn't text in UTF-8")
    }
    return text
  }
}
