public import Foundation

/// Reads files that are short: a mapping costs more than it saves there, for each core that maps others meanwhile.
public enum SmallFile {
  /// The bytes of a regular file. Throws ``FileError`` if it doesn't exist, isn't a regular file or can't be read.
  public static func read(_ path: String) throws(FileError) -> Data {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw FileError(path: path, action: "open", errorNumber: errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw FileError(path: path, action: "read", errorNumber: errno)
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw FileError(path: path, action: "read", reason: "it is not a regular file")
    }
    var data = Data(count: Int(status.st_size))
    var (offset, problem) = (0, Int32(0))
    data.withUnsafeMutableBytes { bytes in
      while offset < bytes.count {
        let count = Foundation.read(descriptor, bytes.baseAddress?.advanced(by: offset), bytes.count - offset)
        if count > 0 {
          offset += count
        } else if count == 0 {
          break
        } else if errno != EINTR {
          problem = errno
          break
        }
      }
    }
    guard problem == 0 else { throw FileError(path: path, action: "read", errorNumber: problem) }
    // Shorter than a moment ago: what is there.
    return offset < data.count ? data.prefix(offset) : data
  }
}
