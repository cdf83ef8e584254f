public import Foundation

/// A place in the configuration, for messages: `exhibition.yaml:14:7`.
public struct Place: Sendable, Hashable, CustomStringConvertible {
  /// The file, as the user named it.
  public let file: String
  /// The line, from 1.
  public let line: Int
  /// The column, from 1.
  public let column: Int

  /// A place from its parts.
  public init(file: String, line: Int, column: Int) {
    self.file = file
    self.line = line
    self.column = column
  }

  /// `exhibition.yaml:14:7`
  public var description: String { "\(file):\(line):\(column)" }
}

/// One fault of the configuration: where it is, what it is, and what to do.
public struct Problem: Sendable, Hashable, CustomStringConvertible {
  /// Where the fault is.
  public let place: Place
  /// The fault and its remedy.
  public let message: String

  /// A problem at a place.
  public init(at place: Place, _ message: String) {
    self.place = place
    self.message = message
  }

  /// `exhibition.yaml:14:7: unknown method "vitl"; did you mean "vital"?`
  public var description: String { "\(place): \(message)" }
}

/// Everything that is wrong with a configuration, in the order of the file.
public struct ConfigurationError: Error, Equatable, CustomStringConvertible, LocalizedError {
  /// The faults; at least one.
  public let problems: [Problem]

  /// An error from the faults found, sorted by place, each once.
  public init(_ problems: [Problem]) {
    self.problems = Set(problems).sorted {
      ($0.place.line, $0.place.column, $0.message) < ($1.place.line, $1.place.column, $1.message)
    }
  }

  /// One fault a line.
  public var description: String { problems.map(\.description).joined(separator: "\n") }
  /// The same as ``description``.
  public var errorDescription: String? { description }
}
