public import Foundation

/// A file that can't be read or written: which, why, and what the system said.
public struct FileError: Error, Equatable, CustomStringConvertible, LocalizedError {
  /// The file's path, as the user gave it or as it was derived from what the user gave.
  public let path: String
  /// What was being done: "open", "read", "write".
  public let action: String
  /// The reason, in the system's words or ours.
  public let reason: String

  /// An error with its own words.
  public init(path: String, action: String, reason: String) {
    self.path = path
    self.action = action
    self.reason = reason
  }

  /// An error from the system's error number.
  public init(path: String, action: String, errorNumber: Int32) {
    self.init(path: path, action: action, reason: String(cString: strerror(errorNumber)))
  }

  /// `can't open weights.safetensors: No such file or directory`
  public var description: String { "can't \(action) \(path): \(reason)" }
  /// The same as ``description``.
  public var errorDescription: String? { description }
}
