import Foundation

extension ExhibitionReader {
  /// A path of the configuration, complete. Relative paths must stay in the configuration's folder: an exhibition
  /// is a folder that one can move and publish, and what lies elsewhere is named by a complete path.
  func path(_ entry: Entry, _ text: String, mayLeave: Bool = true) -> String? {
    if text.hasPrefix("/") {
      if mayLeave { return text }
      entry.report("\(entry.name) must be in the exhibition's folder; \"\(text)\" is not")
      return nil
    }
    var depth = 0
    for part in text.split(separator: "/") where part != "." {
      depth += part == ".." ? -1 : 1
      if depth < 0 {
        let remedy = mayLeave ? "give the complete path to use what lies elsewhere" : "move the file there"
        entry.report("\"\(text)\" climbs out of the exhibition's folder; \(remedy)")
        return nil
      }
    }
    return folder == "." ? text : folder + "/" + text
  }

  /// A file or folder in the exhibition's folder, which must exist.
  func ownPath(_ entry: Entry, isFolder: Bool) -> String? {
    guard let text = entry.text(), let path = path(entry, text, mayLeave: false) else { return nil }
    return existing(path, entry, isFolder: isFolder)
  }

  /// A folder in the exhibition's folder: the one written, or else the usual one if it exists.
  func ownFolder(_ entry: Entry?, standard: String) -> String? {
    if let entry { return ownPath(entry, isFolder: true) }
    let path = folder == "." ? standard : folder + "/" + standard
    return kind(of: path) == .folder ? path : nil
  }

  /// The path if something of the right kind is there; otherwise reports.
  func existing(_ path: String, _ entry: Entry, isFolder: Bool) -> String? {
    switch kind(of: path) {
    case .missing: entry.report("there is no \(isFolder ? "folder" : "file") \(path)")
    case .folder where !isFolder: entry.report("\(path) is a folder; a file is needed")
    case .file where isFolder: entry.report("\(path) is a file; a folder is needed")
    case .folder, .file: return path
    }
    return nil
  }

  enum FileKind { case missing, file, folder }

  func kind(of path: String) -> FileKind {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return .missing }
    return isFolder.boolValue ? .folder : .file
  }
}
