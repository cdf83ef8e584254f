public import Foundation

/// A picture that can't be read, written or encoded: which and why.
public struct ImageError: Error, Equatable, CustomStringConvertible, LocalizedError {
  /// The file; `nil` for a picture in memory.
  public let path: String?
  /// What was being done: "read", "write", "encode".
  public let action: String
  /// What is wrong, as a clause that continues "can't read x.png: ".
  public let reason: String

  /// An error with its words.
  public init(path: String?, action: String, reason: String) {
    self.path = path
    self.action = action
    self.reason = reason
  }

  /// `can't read zebra/12.jpg: the file is truncated`
  public var description: String { "can't \(action) \(path ?? "a picture in memory"): \(reason)" }
  /// The same as ``description``.
  public var errorDescription: String? { description }

  /// The same error, placed at a file.
  func at(_ path: String) -> ImageError { ImageError(path: path, action: action, reason: reason) }
}
