public import Checkpoints
public import Foundation
public import NeuralNetwork
public import Support

/// A model that can't be loaded or asked as wished: where, what is wrong, and what to do about it.
public enum ModelError: Error, Equatable, CustomStringConvertible, LocalizedError {
  /// The system refused a file.
  case file(FileError)
  /// A checkpoint that can't be read.
  case reading(CheckpointError)
  /// A tensor whose extents no network has: file, tensor, and what is wrong.
  case checkpoint(path: String, tensor: String?, reason: String)
  /// A checkpoint whose tensors aren't those of the architecture.
  case weights(WeightMismatch)
  /// A checkpoint that no architecture fits, or too little to tell which: file, and what to do.
  case architecture(path: String, reason: String)
  /// A fault in a description or label file; line and column count from 1, 0 if unknown.
  case text(path: String, line: Int, column: Int, reason: String)
  /// Layers that can't be put together.
  case network(path: String, NetworkError)
  /// A class, layer or channel that the model doesn't have: model, and what is wrong.
  case unknown(model: String, reason: String)
  /// A caption that a text tower can't read, and why.
  case caption(String, reason: String)

  /// What is wrong, where, and the remedy.
  public var description: String {
    switch self {
    case .file(let error): return error.description
    case .reading(let error): return error.description
    case .checkpoint(let path, let tensor, let reason):
      return "\(path): \(tensor.map { "tensor \"\($0)\": " } ?? "")\(reason)"
    case .weights(let mismatch): return mismatch.description
    case .architecture(let path, let reason): return "\(path): \(reason)"
    case .text(let path, let line, let column, let reason):
      let place = line == 0 ? "" : column == 0 ? ":\(line)" : ":\(line):\(column)"
      return "\(path)\(place): \(reason)"
    case .network(let path, let error): return "\(path): \(error)"
    case .unknown(let model, let reason): return "\(model): \(reason)"
    case .caption(let text, let reason): return "the caption \"\(text.prefix(120))\" \(reason)"
    }
  }
  /// The same as ``description``.
  public var errorDescription: String? { description }
}
