public import Foundation

/// A network that can't be built or run: which node, and why.
public enum NetworkError: Error, Equatable, CustomStringConvertible, LocalizedError {
  /// Two nodes with one name.
  case duplicateName(String)
  /// Shapes that don't fit an operation: node, and what is wrong.
  case shape(node: String, reason: String)
  /// The kernel library refused an operation: node, and its words.
  case kernel(node: String, reason: String)
  /// The processor can't do what a setting asks for.
  case unsupported(String)

  /// What is wrong, where.
  public var description: String {
    switch self {
    case .duplicateName(let name): "two nodes of the network are called \(name)"
    case .shape(let node, let reason): "\(node): \(reason)"
    case .kernel(let node, let reason): "\(node): the kernel library failed: \(reason)"
    case .unsupported(let reason): reason
    }
  }
  /// The same as ``description``.
  public var errorDescription: String? { description }
}
