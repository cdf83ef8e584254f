import Foundation

/// What the file system says of a file without reading it.
struct FileStatus: Equatable, Sendable {
  /// Seconds and nanoseconds since 1970.
  struct Time: Comparable, Sendable {
    let seconds: Int
    let nanoseconds: Int

    static func < (a: Time, b: Time) -> Bool { (a.seconds, a.nanoseconds) < (b.seconds, b.nanoseconds) }
  }

  let size: Int
  let modified: Time
  let inode: UInt64
  let isFolder: Bool

  /// `nil` if there is nothing at the path.
  init?(path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    size = Int(status.st_size)
    modified = Time(seconds: status.st_mtim.tv_sec, nanoseconds: status.st_mtim.tv_nsec)
    inode = UInt64(status.st_ino)
    isFolder = status.st_mode & S_IFMT == S_IFDIR
  }

  /// Changes whenever the file's content may have changed.
  var fingerprint: String { "\(size)-\(modified.seconds).\(modified.nanoseconds)-\(inode)" }
}
