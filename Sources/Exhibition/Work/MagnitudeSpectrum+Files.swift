import Checkpoints
public import Foundation
public import Models
import Support
public import Visualization

extension MagnitudeSpectrum {
  /// Reads a file of NumPy's format that holds channels × rows × (columns/2 + 1) magnitudes, such as ``npy`` or the
  /// one of Xplique. Throws `CheckpointError` for a file that can't be read, and ``VisualizationError`` for other numbers.
  public init(file path: String) throws {
    let checkpoint = try Checkpoint(path: path)
    guard checkpoint.tensors.count == 1, let tensor = checkpoint.tensors.first, tensor.shape.count == 3 else {
      throw VisualizationError.unusableSpectrum(
        reason: "\(path) doesn't hold one array of three extents, colours × rows × columns")
    }
    try self.init(
      channels: tensor.shape[0], height: tensor.shape[1], halfWidth: tensor.shape[2],
      values: try tensor.array())
  }

  /// The file's bytes in NumPy's format, single precision.
  public var npy: Data { NumpyWriter.data(values, shape: [channels, height, halfWidth]) }

  /// Measures pictures' files, prepared as a network's owner does. `progress` is told how many are done. Throws errors
  /// of pictures and what `progress` throws.
  public static func measure(
    files: [String], _ input: InputSpecification, progress: (Int) throws -> Void
  ) throws -> MagnitudeSpectrum {
    try measure(count: files.count, size: input.size, channels: input.mean.count) { index in
      try progress(index)
      return try input.prepare(file: files[index])
    }
  }

  /// The pictures to measure: those in a folder, or else those in its sub-folders, sorted; at most `limit` of them,
  /// evenly spaced. Throws `FileError` if there are none.
  public static func files(in folder: String, limit: Int) throws -> [String] {
    let own = try ReferenceShelf.pictures(in: folder).map { folder + "/" + $0 }
    if !own.isEmpty { return own.sample(limit) }
    let inner = try ReferenceShelf.folders(in: folder).flatMap { name in
      try ReferenceShelf.pictures(in: folder + "/" + name).map { folder + "/" + name + "/" + $0 }
    }
    guard !inner.isEmpty else {
      throw FileError(
        path: folder, action: "measure the pictures of",
        reason: "there is no JPEG or PNG picture in it, nor in its folders")
    }
    return inner.sample(limit)
  }
}
