import Foundation

/// What the file system says of a file without reading it.
public struct FileStatus: Equatable, Sendable {
  /// Seconds and nanoseconds since 1970.
  public struct Time: Comparable, Sendable {
    /// Whole seconds.
    public let seconds: Int
    /// Nanoseconds beyond those.
    public let nanoseconds: Int

    /// A time from its parts.
    public init(seconds: Int, nanoseconds: Int) {
      self.seconds = seconds
      self.nanoseconds = nanoseconds
    }

    /// The time now, as coarse as that of files: what is written from now on is not older.
    public static var now: Time {
      var time = timespec()
      clock_gettime(CLOCK_REALTIME_COARSE, &time)
      return Time(seconds: time.tv_sec, nanoseconds: time.tv_nsec)
    }

    /// Whether one time is before another.
    public static func < (a: Time, b: Time) -> Bool {
      (a.seconds, a.nanoseconds) < (b.seconds, b.nanoseconds)
    }
  }

  /// Its length in bytes.
  public let size: Int
  /// When its content was changed last.
  public let modified: Time
  /// Its number in the file system: another file under the same name has another.
  public let inode: UInt64
  /// The file system that it is in, by its number.
  public let device: UInt64
  /// Whether it is a folder.
  public let isFolder: Bool
  /// Whether it is a file of bytes: no folder, pipe or device, which may never come to an end.
  public let isRegularFile: Bool

  /// `nil` if there is nothing at the path.
  public init?(path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    size = Int(status.st_size)
    modified = Time(seconds: status.st_mtim.tv_sec, nanoseconds: status.st_mtim.tv_nsec)
    inode = UInt64(status.st_ino)
    device = UInt64(status.st_dev)
    isFolder = status.st_mode & S_IFMT == S_IFDIR
    isRegularFile = status.st_mode & S_IFMT == S_IFREG
  }

  /// Changes whenever the file's content may have changed.
  public var fingerprint: String { "\(size)-\(modified.seconds).\(modified.nanoseconds)-\(inode)" }
}
