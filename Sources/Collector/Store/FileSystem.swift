import CFileSystem
import Foundation

/// What kind of file system a database would be on.
enum FileSystem {
  /// The magic numbers of `statfs(2)` of those on which SQLite's locks, or its syncing, can't be relied on
  /// (https://www.sqlite.org/faq.html, question 5). What FUSE mounts may be another machine's.
  private static let remote: [Int: String] = [
    0x6969: "nfs", 0x517B: "smb", 0xFF53_4D42: "cifs", 0xFE53_4D42: "smb2", 0x5346_414F: "afs",
    0x00C3_6400: "ceph",
    0x0102_1997: "9p", 0x6573_5546: "fuse", 0x7375_7245: "coda", 0x564C: "ncp", 0x0BD0_0BD0: "lustre",
    0x4750_4653: "gpfs", 0x1983_0326: "beegfs", 0x7461_636F: "ocfs2", 0xAAD7_AAEA: "panfs",
    0x786F_4256: "vboxsf",
    0x0116_1970: "gfs2",
  ]

  /// The name of the network file system of a kind; `nil` if it is a local one.
  static func networkName(kind: Int) -> String? { remote[kind & 0xFFFF_FFFF] }

  /// The kind of the file system that holds a folder, as `statfs(2)` numbers it; `nil` if the folder isn't there.
  static func kind(of folder: String) -> Int? {
    let kind = vitrine_file_system_kind(folder)
    return kind < 0 ? nil : Int(kind)
  }

  /// The bytes that are free for this process in a folder.
  static func freeBytes(in folder: String) -> Int {
    var status = statvfs()
    guard statvfs(folder, &status) == 0 else { return 0 }
    return Int(status.f_bavail) * Int(status.f_frsize)
  }
}
