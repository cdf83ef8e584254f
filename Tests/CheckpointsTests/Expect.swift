import Testing

@testable import Checkpoints

/// Expects an error of the module whose message has all of some parts.
func expectError(
  containing parts: String..., at location: SourceLocation = #_sourceLocation, from body: () throws -> Void
) {
  do {
    try body()
    Issue.record("no error", sourceLocation: location)
  } catch let error as CheckpointError {
    for part in parts where !error.description.contains(part) {
      Issue.record("\"\(part)\" isn't in: \(error.description)", sourceLocation: location)
    }
  } catch {
    Issue.record("another error: \(error)", sourceLocation: location)
  }
}
