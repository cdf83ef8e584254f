import Foundation
import Support

/// The formats that checkpoints come in.
public enum CheckpointFormat: String, Sendable, CustomStringConvertible {
  /// One file of the safetensors format.
  case safetensors
  /// Several files and an index that says which tensor lies where.
  case sharded = "sharded safetensors"
  /// PyTorch's zip archive.
  case pytorch = "PyTorch"
  /// PyTorch's format before version 1.6.
  case legacyPyTorch = "PyTorch before 1.6"
  /// Keras' weights in HDF5.
  case keras = "Keras HDF5"
  /// A zip archive of NumPy's arrays.
  case npz = "NumPy archive"
  /// One array of NumPy.
  case npy = "NumPy array"

  /// What people call it.
  public var description: String { rawValue }

  /// The format of a file, told by its first bytes, and by its entries if it is an archive. Throws
  /// ``CheckpointError`` with what it seems to be instead.
  static func recognized(_ file: MappedFile) throws(CheckpointError) -> CheckpointFormat {
    let bytes = file.bytes
    if bytes.starts(with: Array("PK".utf8)) { return try recognized(ZipArchive(file)) }
    if NumpyHeader.recognizes(bytes) { return .npy }
    if KerasFile.recognizes(bytes) { return .keras }
    if SafetensorsFormat.recognizes(bytes) { return .safetensors }
    if TorchLegacy.recognizes(bytes) { return .legacyPyTorch }
    let first = bytes.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
    if first == UInt8(ascii: "{") { return .sharded }
    let reason = lookalike(bytes)
    // Its own reader says best what is wrong with a damaged file.
    if reason == nil, file.path.lowercased().hasSuffix(".safetensors") { return .safetensors }
    throw file.fault(reason ?? unknown(bytes))
  }

  private static func recognized(_ archive: ZipArchive) throws(CheckpointError) -> CheckpointFormat {
    if TorchArchive.recognizes(archive) { return .pytorch }
    if NumpyArray.recognizes(archive) { return .npz }
    if archive["model.weights.h5"] != nil {
      throw archive.file.fault("is a Keras archive: unpack it with `unzip` and give its model.weights.h5")
    }
    let names = archive.entries.prefix(4).map { "\"\($0.name)\"" }.joined(separator: ", ")
    throw archive.file.fault(
      "is a zip archive, but no checkpoint: it holds \(names.isEmpty ? "nothing" : names)")
  }

  /// Reads a file of the format. Throws ``CheckpointError``.
  func read(_ file: MappedFile, key: String?) throws(CheckpointError) -> CheckpointContents {
    switch self {
    case .safetensors: try SafetensorsFormat.read(file)
    case .sharded: try ShardIndex.read(file)
    case .pytorch: try TorchArchive.read(ZipArchive(file), key: key)
    case .legacyPyTorch: try TorchLegacy.read(file, key: key)
    case .keras: try KerasFile.read(file)
    case .npz: try NumpyArray.read(ZipArchive(file))
    case .npy: try NumpyArray.read(file)
    }
  }

  /// Files that people take for checkpoints, and what to do about them.
  private static func lookalike(_ bytes: UnsafeRawBufferPointer) -> String? {
    let lookalikes: [(start: String, reason: String)] = [
      ("version https://git-lfs", "is a pointer of Git LFS, not the file itself: run `git lfs pull`"),
      ("<!DOCTYPE", "is a web page, not a checkpoint: the download went wrong"),
      ("<html", "is a web page, not a checkpoint: the download went wrong"),
      ("\u{1F}\u{8B}", "is compressed by gzip: unpack it with `gunzip`"),
      ("GGUF", "is of the GGUF format, which is for language models"),
    ]
    if bytes.isEmpty { return "the file is empty" }
    if bytes.count > 262, bytes[257..<262].elementsEqual("ustar".utf8) {
      return "is a tar archive, as PyTorch wrote before 0.2: load it there and save it again"
    }
    return lookalikes.first { bytes.starts(with: $0.start.unicodeScalars.map { UInt8($0.value) }) }?.reason
  }

  /// The message about a file that nobody knows.
  private static func unknown(_ bytes: UnsafeRawBufferPointer) -> String {
    let start = bytes.prefix(8).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: " ")
    return """
      is no checkpoint of a known format (it starts with the bytes \(start)); known are .safetensors, alone or with its \
      index, .pth and .pt of PyTorch, .h5 of Keras, .npz and .npy of NumPy
      """
  }
}
