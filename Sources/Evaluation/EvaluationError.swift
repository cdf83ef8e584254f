public import Foundation

/// What can't be evaluated: what is wrong, where, and the remedy.
public enum EvaluationError: Error, Equatable, CustomStringConvertible, LocalizedError {
  /// A folder that isn't one of pictures sorted by class: path, and what is wrong.
  case folder(path: String, reason: String)
  /// Two pictures that can't be compared.
  case incomparable(String)
  /// A network that is to read texts and can't.
  case noTexts(model: String)

  /// What is wrong, where.
  public var description: String {
    switch self {
    case .folder(let path, let reason): "\(path): \(reason)"
    case .incomparable(let reason): "the pictures can't be compared: \(reason)"
    case .noTexts(let model): "\(model) reads no texts: zero-shot scores need a checkpoint of CLIP"
    }
  }
  /// The same as ``description``.
  public var errorDescription: String? { description }
}
