import Foundation

/// Files of bytes: no folder, pipe or device, which may never come to an end.
enum RegularFile {
  /// Opens a file for reading, as long as `use` takes, which gets its descriptor and its length. Throws ``FileError`` if it
  /// doesn't exist or isn't a regular file.
  static func open<Value>(
    _ path: String, _ use: (_ descriptor: Int32, _ count: Int) throws(FileError) -> Value
  ) throws(FileError) -> Value {
    // Without waiting: a pipe that nobody writes to would be waited for here, before it is known to be one.
    let descriptor = Foundation.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw FileError(path: path, action: "open", errorNumber: errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw FileError(path: path, action: "read", errorNumber: errno)
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw FileError(path: path, action: "read", reason: "it is not a regular file")
    }
    return try use(descriptor, Int(status.st_size))
  }
}
