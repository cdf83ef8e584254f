import CFileSystem
import Foundation
import Support

extension SiteFolder {
  /// What a new site is called while it is laid out, without the number of the process that does so.
  var besides: String {
    let parent = (path as NSString).deletingLastPathComponent
    return (parent.isEmpty ? "." : parent) + "/.\((path as NSString).lastPathComponent).new-"
  }

  /// Removes what builds left beside the site that were killed: their process doesn't exist any more. Without a site
  /// nothing is removed, as the only whole one may be there.
  func removeLeftovers() {
    let files = FileManager.default
    guard files.fileExists(atPath: path) else { return }
    let folder = (besides as NSString).deletingLastPathComponent
    let start = (besides as NSString).lastPathComponent
    for name in (try? files.contentsOfDirectory(atPath: folder)) ?? [] where name.hasPrefix(start) {
      let rest = name.dropFirst(start.count)
      guard let process = pid_t(rest.hasSuffix("-old") ? rest.dropLast(4) : rest), process > 0 else {
        continue
      }
      if kill(process, 0) != 0, errno == ESRCH { try? files.removeItem(atPath: folder + "/" + name) }
    }
  }

  /// The time of all files that participants get of a study's pictures: the beginning of the year 2000.
  static let timeOfBlinded = 946_684_800

  /// Writes a file of the new site. What goes wrong is told by the file's name in the finished one. Not synced: a site
  /// can be made again.
  func write(_ data: Data, to target: String, as name: String) throws(FileError) {
    try write(to: target, as: name) { descriptor in
      let problem = data.withUnsafeBytes { Self.write($0, to: descriptor) }
      guard problem == 0, Media.isBlinded(name) else { return problem }
      // Servers tell when a file was written, and so which pictures came in one go.
      let moment = timespec(tv_sec: Self.timeOfBlinded, tv_nsec: 0)
      return futimens(descriptor, [moment, moment]) == 0 ? 0 : errno
    }
  }

  /// Writes a file of the new site that is the same as one of the store's. Throws ``GalleryError`` if that isn't there or
  /// hasn't the size that its record says.
  func copy(_ stored: StoredPicture, to target: String, as name: String) throws {
    let source = open(stored.path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard source >= 0 else { throw stored.unreadable }
    defer { close(source) }
    var status = stat()
    guard fstat(source, &status) == 0, Int(status.st_size) == stored.size else { throw stored.changed }
    let cannot = [EXDEV, EINVAL, ENOSYS, EOPNOTSUPP]
    var isCopied = false
    try write(to: target, as: name) { descriptor in
      let problem = vitrine_copy_file(source, descriptor)
      isCopied = !cannot.contains(problem)
      return isCopied ? problem : 0
    }
    if !isCopied { try write(try stored.bytes(), to: target, as: name) }
  }

  /// Makes a file of the new site; `fill` writes to it and returns what went wrong, or 0.
  private func write(
    to target: String, as name: String, fill: (_ descriptor: Int32) -> Int32
  ) throws(FileError) {
    let descriptor = open(target, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw FileError(path: path + "/" + name, action: "write", errorNumber: errno)
    }
    var problem = fill(descriptor)
    if close(descriptor) != 0, problem == 0 { problem = errno }
    guard problem == 0 else {
      throw FileError(path: path + "/" + name, action: "write", errorNumber: problem)
    }
  }

  private static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Int32 {
    var offset = 0
    while offset < bytes.count {
      let count = Foundation.write(
        descriptor, bytes.baseAddress?.advanced(by: offset), bytes.count - offset)
      if count >= 0 { offset += count } else if errno != EINTR { return errno }
    }
    return 0
  }
}
