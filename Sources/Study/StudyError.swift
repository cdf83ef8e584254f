public import Foundation

/// What is wrong with a study's files or with an answer to it: where, what, and what to do.
public enum StudyError: Error, Equatable, CustomStringConvertible, LocalizedError {
  /// Text that isn't what it should be: no JSON, an unknown or missing name, a wrong type. `place` is a file, a line
  /// or a path into the value, such as `events[3].value`.
  case malformed(place: String, reason: String)
  /// A definition that no study can be made of; a line for each fault.
  case definition([String])
  /// A plan that can't be made, or isn't one of the definition.
  case plan(String)
  /// An answer that the participant's assignment doesn't ask for.
  case refused(place: String, reason: String)
  /// Something of another study, or of an older version of this one.
  case otherStudy(place: String, found: String, expected: String)

  /// `events[3].value: "7" is none of 1, 2, 3, 4, 5`
  public var description: String {
    switch self {
    case .malformed(let place, let reason), .refused(let place, let reason): "\(place): \(reason)"
    case .definition(let faults): faults.joined(separator: "\n")
    case .plan(let reason): reason
    case .otherStudy(let place, let found, let expected):
      "\(place): \(found) is not the hash of this study, which is \(expected); "
        + "the definition was changed after the study began, or this belongs to another one"
    }
  }
  /// The same as ``description``.
  public var errorDescription: String? { description }
}
