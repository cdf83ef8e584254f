import Foundation
import Imaging
public import Support

/// Natural pictures in a fixed order: where they are, and what they are called.
///
/// Of a picture nothing but its names is held here, some 200 bytes.
public struct PictureList: Sendable, Equatable {
  /// A picture on disk.
  public struct Item: Sendable, Equatable {
    /// The file.
    public let path: String
    /// What it is told by, such as its path below the searched folder.
    public let name: String
    /// What it belongs to, such as its class: activations are averaged by it. Empty for none.
    public let group: String

    /// A picture on disk.
    public init(path: String, name: String, group: String = "") {
      self.path = path
      self.name = name
      self.group = group
    }
  }

  /// The pictures in their order.
  public let items: [Item]
  /// Folders that couldn't be looked into.
  public let unlisted: [SkippedPicture]

  /// A list of known pictures.
  public init(_ items: [Item]) {
    self.items = items
    unlisted = []
  }

  /// The pictures below a folder, however deep, by name; each belongs to the folder that it lies in. Hidden names are
  /// left out, and links to folders are followed, to each folder once. Throws `FileError` if the folder can't be read.
  public init(folder: String) throws(FileError) {
    var items: [Item] = []
    var unlisted: [SkippedPicture] = []
    var seen: Set<[UInt64]> = []
    var open = [""]
    while let group = open.popLast() {
      let path = group.isEmpty ? folder : "\(folder)/\(group)"
      guard let status = FileStatus(path: path), status.isFolder,
        seen.insert([status.device, status.inode]).inserted
      else {
        if group.isEmpty {
          throw FileError(path: folder, action: "search", reason: "there is no such folder")
        }
        continue
      }
      let names: [String]
      do { names = try FileManager.default.contentsOfDirectory(atPath: path) } catch {
        let reason = "the folder can't be read"
        if group.isEmpty { throw FileError(path: folder, action: "search", reason: reason) }
        unlisted.append(SkippedPicture(name: group, reason: reason))
        continue
      }
      for name in names where !name.hasPrefix(".") {
        let below = group.isEmpty ? name : "\(group)/\(name)"
        if Image.fileExtensions.contains((name as NSString).pathExtension.lowercased()) {
          items.append(Item(path: "\(folder)/\(below)", name: below, group: group))
        } else if FileStatus(path: "\(folder)/\(below)")?.isFolder == true {
          open.append(below)
        }
      }
    }
    self.items = items.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    self.unlisted = unlisted.sorted { $0.name < $1.name }
  }

  /// How many pictures there are.
  public var count: Int { items.count }

  /// Each group once, in the order in which they come up, and which of them each picture belongs to.
  var groups: (names: [String], ofItems: [Int]) {
    var places: [String: Int] = [:]
    var names: [String] = []
    let members = items.map { item in
      if let place = places[item.group] { return place }
      places[item.group] = names.count
      names.append(item.group)
      return names.count - 1
    }
    return (names, members)
  }
}

/// A picture that a search had to do without.
public struct SkippedPicture: Sendable, Equatable {
  /// What it is told by.
  public let name: String
  /// What is wrong with it.
  public let reason: String
}
