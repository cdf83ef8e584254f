import Foundation
import Support

/// The tensors of a trained network by their names, read from a file of any format that Vitrine knows. The format is
/// told by the content, never by the name.
///
/// Opening reads what describes the tensors; their numbers are mapped, not copied, and converted one tensor at a time
/// when asked for. Files come from strangers: nothing in one is run, every fault is a ``CheckpointError``, and memory
/// stays below the bounds of ``CheckpointLimits``.
public struct Checkpoint: Sendable {
  /// The file.
  public let path: String
  /// Its format.
  public let format: CheckpointFormat
  /// The tensors in the order of the file.
  public let tensors: [StoredTensor]
  /// What the file says about itself.
  public let metadata: [String: String]
  /// Which of a file's state dictionaries the tensors are from, if they are wrapped: "state_dict", "model_ema".
  public let key: String?
  private let identity: String?
  private let file: MappedFile
  private let places: [String: Int]

  /// Opens a file. `key` names the dictionary of tensors to take where a file holds several, such as `state_dict_ema`;
  /// without it the first of ``StateDictionary/usualKeys`` is taken. Throws ``CheckpointError``.
  public init(path: String, key: String? = nil) throws(CheckpointError) {
    self.path = path
    do { file = try MappedFile(path: path) } catch { throw .file(error) }
    format = try CheckpointFormat.recognized(file)
    let contents = try format.read(file, key: key)
    if let key, contents.key == nil {
      throw file.fault("a file of this format (\(format)) has no dictionary \"\(key)\" to choose")
    }
    try CheckpointLimits.check(contents.tensors, of: file, fileBytes: contents.fileBytes ?? file.bytes.count)
    tensors = contents.tensors
    metadata = contents.metadata
    self.key = contents.key
    identity = contents.identity
    var places: [String: Int] = [:]
    for (place, tensor) in tensors.enumerated() {
      guard places.updateValue(place, forKey: tensor.name) == nil else {
        throw file.fault("the name stands twice", tensor: tensor.name)
      }
    }
    self.places = places
  }

  /// The tensor of a name, or `nil`.
  public subscript(name: String) -> StoredTensor? { places[name].map { tensors[$0] } }

  /// The identity of the weights: SHA-256 of the file, or of what distinguishes several files or several dictionaries
  /// in one file.
  public var hash: String {
    if let identity { return identity }
    let digest = withExtendedLifetime(file) { Digest.sha256(file.bytes) }
    // A file that holds trained and averaged weights is two networks.
    return key.map { Digest.sha256("\(digest) \($0)") } ?? digest
  }
}

/// What a format's reader finds in a file.
struct CheckpointContents {
  /// The tensors in the order of the file.
  var tensors: [StoredTensor] = []
  /// What the file says about itself.
  var metadata: [String: String] = [:]
  /// The dictionary that the tensors are from.
  var key: String?
  /// The weights' identity if it isn't the file's SHA-256.
  var identity: String?
  /// Bytes of all files if there are several.
  var fileBytes: Int?
}
