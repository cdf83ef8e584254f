import Support

/// The entries of a zip archive (PKWARE's APPNOTE 6.3.10), zip64 included, checked before any is read: each lies
/// inside the file and before the central directory, none overlaps another, no name stands twice, and the local
/// headers agree with the directory. Archives in several parts and encrypted entries are refused.
struct ZipArchive {
  let file: MappedFile
  /// The entries in the order of the file, folders left out.
  let entries: [ZipEntry]
  private let places: [String: Int]

  /// More entries than this no checkpoint has.
  static let mostEntries = 200_000

  /// Reads an archive's directory. Throws ``CheckpointError``.
  init(_ file: MappedFile) throws(CheckpointError) {
    self.file = file
    let directory = try ZipDirectory.located(in: file)
    var entries = try directory.records(in: file)
    entries.sort { $0.localHeader < $1.localHeader }
    var checked: [ZipEntry] = []
    var places: [String: Int] = [:]
    var end = 0
    for record in entries {
      guard record.localHeader >= end else {
        throw file.fault("the zip entry \"\(record.name)\" overlaps the one before it")
      }
      let entry = try record.located(in: file, before: directory.start)
      end = entry.range.upperBound
      guard places.updateValue(checked.count, forKey: entry.name) == nil else {
        throw file.fault("the zip entry \"\(entry.name)\" stands twice")
      }
      checked.append(entry)
    }
    self.entries = checked
    self.places = places
  }

  /// The entry of a path, or `nil`.
  subscript(name: String) -> ZipEntry? { places[name].map { entries[$0] } }

  /// The bytes of an entry as a tensor's storage. Throws ``CheckpointError`` if they are packed in a way that isn't
  /// understood.
  func storage(_ entry: ZipEntry) throws(CheckpointError) -> any TensorStorage {
    switch entry.method {
    case .stored: return MappedStorage(file, entry.range)
    case .deflated: return DeflatedStorage(file, entry)
    case .other(let number):
      throw file.fault(
        "the zip entry \"\(entry.name)\" is packed by method \(number), which isn't understood")
    }
  }

  /// The first bytes of an entry, at most `limit`, and whether these are all. Throws ``CheckpointError``.
  func start(of entry: ZipEntry, limit: Int) throws(CheckpointError) -> StorageBytes {
    if entry.method == .deflated {
      return try Inflation.start(of: file, entry, count: min(limit, entry.size))
    }
    let bytes = try storage(entry).bytes()
    return StorageBytes(
      bytes: UnsafeRawBufferPointer(rebasing: bytes.bytes.prefix(limit)), owner: bytes.owner)
  }
}
