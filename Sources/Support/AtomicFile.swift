public import Foundation

/// Writes files that appear whole or not at all: temporary name in the same folder, fsync, rename.
public enum AtomicFile {
  /// Replaces the file at `path` by `data`, making its folder if need be. Throws ``FileError`` and leaves
  /// neither a half-written file nor the temporary one behind.
  public static func write(_ data: Data, to path: String) throws(FileError) {
    let folder = (path as NSString).deletingLastPathComponent
    if !folder.isEmpty { try makeFolder(folder) }
    let temporary = path + ".tmp-\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw FileError(path: path, action: "write", errorNumber: errno) }
    var problem = writeAll(data, to: descriptor)
    if problem == 0, fsync(descriptor) != 0 { problem = errno }
    if close(descriptor) != 0, problem == 0 { problem = errno }
    if problem == 0, rename(temporary, path) != 0 { problem = errno }
    guard problem == 0 else {
      unlink(temporary)
      throw FileError(path: path, action: "write", errorNumber: problem)
    }
    syncFolder(folder.isEmpty ? "." : folder)
  }

  /// Replaces the file at `path` by a text in UTF-8.
  public static func write(_ text: String, to path: String) throws(FileError) {
    try write(Data(text.utf8), to: path)
  }

  /// Makes a folder and those above it; an existing one is fine.
  public static func makeFolder(_ path: String) throws(FileError) {
    // Mostly only the last one is missing.
    if mkdir(path, 0o777) == 0 { return }
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw FileError(path: path, action: "make the folder", reason: reason(error))
    }
  }

  private static func writeAll(_ data: Data, to descriptor: Int32) -> Int32 {
    data.withUnsafeBytes { bytes in
      var offset = 0
      while offset < bytes.count {
        let count = Foundation.write(
          descriptor, bytes.baseAddress?.advanced(by: offset), bytes.count - offset)
        if count < 0 {
          if errno == EINTR { continue }
          return errno
        }
        offset += count
      }
      return 0
    }
  }

  /// A rename is durable only when its folder is synced. A file system that can't do so is no reason to fail.
  private static func syncFolder(_ path: String) {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  private static func reason(_ error: any Error) -> String {
    let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
    if let underlying, underlying.domain == NSPOSIXErrorDomain {
      return String(cString: strerror(Int32(underlying.code)))
    }
    return error.localizedDescription
  }
}
