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
    let descriptor = open(target, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw FileError(path: path + "/" + name, action: "write", errorNumber: errno)
    }
    var problem: Int32 = 0
    data.withUnsafeBytes { bytes in
      var offset = 0
      while offset < bytes.count, problem == 0 {
        let count = Foundation.write(
          descriptor, bytes.baseAddress?.advanced(by: offset), bytes.count - offset)
        if count >= 0 { offset += count } else if errno != EINTR { problem = errno }
      }
    }
    if problem == 0, Media.isBlinded(name) {
      // Servers tell when a file was written, and so which pictures came in one go.
      let moment = timespec(tv_sec: Self.timeOfBlinded, tv_nsec: 0)
      if futimens(descriptor, [moment, moment]) != 0 { problem = errno }
    }
    if close(descriptor) != 0, problem == 0 { problem = errno }
    guard problem == 0 else {
      throw FileError(path: path + "/" + name, action: "write", errorNumber: problem)
    }
  }
}
