import Checkpoints
import Support

/// Directions in a layer's channels that someone gives: an array of NumPy's `.npy`, or a tensor of a `.safetensors` file or
/// another checkpoint. One dimension is one direction, two are one a row.
public struct DirectionFile: Sendable, Equatable {
  /// The most directions that a file may have.
  public static let most = 256

  /// The directions, each with a weight a channel.
  public let directions: [[Float]]

  /// Reads a file; `tensor` names the array where the file has several. Throws `CheckpointError` for a file that can't be
  /// read, and `FileError` for an array that can't be directions.
  public init(path: String, tensor name: String? = nil) throws {
    func fault(_ reason: String) -> FileError {
      FileError(path: path, action: "read directions from", reason: reason)
    }
    let checkpoint = try Checkpoint(path: path)
    let known = checkpoint.tensors.map(\.name)
    guard let found = name.map({ checkpoint[$0] }) ?? (known.count == 1 ? checkpoint.tensors[0] : nil) else {
      let clause = name.map { "there is no tensor \"\($0)\"" + Suggestion.clause(for: $0, among: known) }
      throw fault(
        clause
          ?? "there are \(known.count) tensors; say which by \"tensor\": \(known.prefix(8).joined(separator: ", "))"
      )
    }
    guard found.isFloat, (1...2).contains(found.shape.count), let width = found.shape.last, width > 0 else {
      throw fault(
        "an array of shape \(found.shape) can't be directions; one has as many numbers as the layer has channels, several "
          + "are one a row")
    }
    let count = found.shape.count == 1 ? 1 : found.shape[0]
    guard (1...Self.most).contains(count) else {
      throw fault("there are \(count) directions; from 1 to \(Self.most) can be shown")
    }
    let values = try found.array()
    directions = (0..<count).map { Array(values[$0 * width..<($0 + 1) * width]) }
    for (index, direction) in directions.enumerated() {
      guard direction.allSatisfy(\.isFinite), direction.contains(where: { $0 != 0 }) else {
        throw fault("direction \(index) must have finite weights that aren't all zero")
      }
    }
  }
}
