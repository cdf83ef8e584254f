import Foundation
import Support

/// A checkpoint in several files beside an index, as Hugging Face's libraries split large ones: the index's
/// `weight_map` says which tensor lies in which file of the same folder.
///
/// The index and its files must agree: each tensor is where the index says and nowhere else, and the files hold no
/// others.
enum ShardIndex {
  /// The index's usual name.
  static let fileName = "model.safetensors.index.json"
  /// A longer index than this no checkpoint has.
  static let greatestSize = 64 << 20
  /// More files than this no checkpoint has.
  static let mostShards = 10_000

  /// Reads an index and the headers of its files. Throws ``CheckpointError``.
  static func read(_ file: MappedFile) throws(CheckpointError) -> CheckpointContents {
    let shards = try shards(of: file)
    let folder = (file.path as NSString).deletingLastPathComponent as NSString
    var contents = CheckpointContents(fileBytes: file.bytes.count)
    var identities: [String] = []
    for (name, expected) in shards.sorted(by: { $0.key < $1.key }) {
      let shard: MappedFile
      do { shard = try MappedFile(path: folder.appendingPathComponent(name)) } catch { throw .file(error) }
      guard SafetensorsFormat.recognizes(shard.bytes) else {
        throw shard.fault("is named by \(file.path), but is no safetensors file")
      }
      let found = try SafetensorsFormat.read(shard).tensors
      for tensor in found where !expected.contains(tensor.name) {
        throw shard.fault("isn't said to be in this file by \(file.path)", tensor: tensor.name)
      }
      let missing = expected.subtracting(found.map(\.name))
      if let name = missing.min() {
        throw shard.fault("is missing, though \(file.path) says that it is in this file", tensor: name)
      }
      contents.tensors += found
      contents.fileBytes = (contents.fileBytes ?? 0) + shard.bytes.count
      identities.append("\(name) \(withExtendedLifetime(shard) { Digest.sha256(shard.bytes) })")
    }
    contents.identity = Digest.sha256(identities.joined(separator: "\n"))
    return contents
  }

  /// The tensors' names by file.
  private static func shards(of file: MappedFile) throws(CheckpointError) -> [String: Set<String>] {
    guard file.bytes.count <= greatestSize else {
      throw file.fault(
        "\(file.bytes.count) bytes are too many for an index; at most \(greatestSize) are allowed")
    }
    let map: [(tensor: String, file: String)]
    do {
      map = try weightMap(file.bytes)
    } catch {
      throw file.fault("byte \(error.offset) of the index: \(error.reason)")
    }
    var shards: [String: Set<String>] = [:]
    for (tensor, name) in map {
      guard !name.isEmpty, !name.contains("/"), !name.contains("\0"), !name.hasPrefix(".") else {
        throw file.fault("\"\(name)\" must be a file beside the index", tensor: tensor)
      }
      shards[name, default: []].insert(tensor)
    }
    guard !shards.isEmpty else {
      throw file.fault("its weight_map is empty or missing: it is no index of a checkpoint")
    }
    guard shards.count <= mostShards else {
      throw file.fault("names \(shards.count) files; at most \(mostShards) are allowed")
    }
    return shards
  }

  private static func weightMap(
    _ bytes: UnsafeRawBufferPointer
  ) throws(JSONScanner.Fault) -> [(tensor: String, file: String)] {
    var scanner = JSONScanner(bytes)
    var map: [(tensor: String, file: String)] = []
    var names: Set<String> = []
    var keys: Set<String> = []
    var first = true
    try scanner.expect("{")
    while try scanner.member(isFirst: first) {
      first = false
      let key = try scanner.key()
      guard keys.insert(key).inserted else { throw scanner.fault("the key \"\(key)\" stands twice") }
      guard key == "weight_map" else {
        try scanner.skip()
        continue
      }
      try scanner.expect("{")
      while try scanner.member(isFirst: map.isEmpty) {
        let name = try scanner.key()
        guard names.insert(name).inserted else {
          throw scanner.fault("the tensor \"\(name)\" stands twice")
        }
        map.append((name, try scanner.string()))
      }
    }
    try scanner.end()
    return map
  }
}
