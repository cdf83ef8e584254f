public import Foundation
public import Support

/// A checkpoint that can't be read: file, tensor if one is at fault, what is wrong, and what to do about it.
public enum CheckpointError: Error, Equatable, CustomStringConvertible, LocalizedError {
  /// The system refused a file.
  case file(FileError)
  /// A file that isn't what its format says, or asks for what is refused.
  case content(path: String, tensor: String?, reason: String)

  /// `weights.pth: tensor "fc.bias": its data end beyond the file`
  public var description: String {
    switch self {
    case .file(let error): error.description
    case .content(let path, let tensor, let reason):
      "\(path): \(tensor.map { "tensor \"\(Self.shown($0, limit: 200))\": " } ?? "")\(Self.shown(reason, limit: 2000))"
    }
  }

  /// A text of a stranger's file for the terminal: not endless, and nothing that would move the cursor.
  private static func shown(_ text: String, limit: Int) -> String {
    let scalars = text.unicodeScalars.prefix(limit).map { scalar in
      scalar.properties.generalCategory == .control ? "\u{FFFD}" : Character(scalar)
    }
    return String(scalars) + (text.unicodeScalars.count > limit ? "…" : "")
  }

  /// The same as ``description``.
  public var errorDescription: String? { description }
}

extension MappedFile {
  /// An error of this file.
  func fault(_ reason: String, tensor: String? = nil) -> CheckpointError {
    .content(path: path, tensor: tensor, reason: reason)
  }
}
