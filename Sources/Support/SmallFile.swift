public import Foundation

/// Reads files that are short: a mapping costs more than it saves there, for each core that maps others meanwhile.
public enum SmallFile {
  /// The bytes of a regular file. Throws ``FileError`` if it doesn't exist, isn't a regular file or can't be read.
  public static func read(_ path: String) throws(FileError) -> Data {
    try RegularFile.open(path) { (descriptor, count) throws(FileError) -> Data in
      var data = Data(count: count)
      var (offset, problem) = (0, Int32(0))
      data.withUnsafeMutableBytes { bytes in
        while offset < bytes.count, problem == 0 {
          let count = Foundation.read(
            descriptor, bytes.baseAddress?.advanced(by: offset), bytes.count - offset)
          if count == 0 { break }
          if count > 0 { offset += count } else if errno != EINTR { problem = errno }
        }
      }
      guard problem == 0 else { throw FileError(path: path, action: "read", errorNumber: problem) }
      // Shorter than a moment ago: what is there.
      return offset < data.count ? data.prefix(offset) : data
    }
  }
}
