import Support

/// PyTorch's format since 1.6: a zip archive of one folder with `data.pkl`, a pickle that names tensors, and
/// `data/0`, `data/1`, …, the bytes of their storages, aligned and as they are. TorchScript's archives are the same with
/// a program beside it, which isn't read: the pickle holds the module, and its tensors are found by its attributes.
enum TorchArchive {
  /// Whether an archive is of this format, or TorchScript's, which is alike.
  static func recognizes(_ archive: ZipArchive) -> Bool {
    archive.entries.contains { $0.name.hasSuffix("/data.pkl") }
  }

  /// Reads the state dictionary of an archive; the one of a key if it holds several. Throws ``CheckpointError``.
  static func read(_ archive: ZipArchive, key: String?) throws(CheckpointError) -> CheckpointContents {
    let file = archive.file
    let pickles = archive.entries.filter { $0.name.hasSuffix("/data.pkl") }
    guard pickles.count == 1, let pickle = pickles.first else {
      throw file.fault("holds \(pickles.count) pickles named data.pkl, not one")
    }
    let folder = pickle.name.dropLast("data.pkl".count)
    guard pickle.size <= PickleMachine.greatestSize else {
      throw file.fault(
        "its pickle has \(pickle.size) bytes; at most \(PickleMachine.greatestSize) are allowed")
    }
    let isBigEndian = try isBigEndian(archive, folder)
    let bytes = try archive.storage(pickle).bytes()
    return try withExtendedLifetime(bytes.owner) { () throws(CheckpointError) in
      let isScript = archive["\(folder)constants.pkl"] != nil
      var machine = PickleMachine(bytes.bytes, isScript: isScript)
      let root = try file.run(&machine, in: "data.pkl")
      let dictionary = try StateDictionary(root, machine.heap, key: key, file)
      var contents = CheckpointContents(key: dictionary.key)
      var storages: [String: any TensorStorage] = [:]
      for (name, tensor) in dictionary.tensors {
        let key = tensor.storage.key
        guard let entry = archive["\(folder)data/\(key)"] else {
          throw file.fault("its storage \"\(key)\" is missing in the archive", tensor: name)
        }
        let storage: any TensorStorage
        if let known = storages[key] { storage = known } else { storage = try archive.storage(entry) }
        storages[key] = storage
        contents.tensors.append(
          try tensor.stored(name, machine.heap, storage, isBigEndian: isBigEndian, file))
      }
      return contents
    }
  }

  /// What the archive says of the order of its numbers' bytes; early ones say nothing and are little endian.
  private static func isBigEndian(
    _ archive: ZipArchive, _ folder: Substring
  ) throws(CheckpointError) -> Bool {
    guard let entry = archive["\(folder)byteorder"] else { return false }
    let bytes = try archive.start(of: entry, limit: 16)
    let word = withExtendedLifetime(bytes.owner) { String(decoding: bytes.bytes, as: UTF8.self) }
    switch word {
    case "little": return false
    case "big": return true
    default: throw archive.file.fault("says a byte order of \"\(word)\"; little and big are understood")
    }
  }
}
