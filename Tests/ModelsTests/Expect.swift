import NeuralNetwork
import Testing

@testable import Models

/// Expects an error of the module whose message has all of some parts.
func expectError(
  containing parts: String..., at location: SourceLocation = #_sourceLocation, from body: () throws -> Void
) {
  do {
    try body()
    Issue.record("no error", sourceLocation: location)
  } catch let error as ModelError {
    for part in parts where !error.description.contains(part) {
      Issue.record("\"\(part)\" isn't in: \(error.description)", sourceLocation: location)
    }
  } catch {
    Issue.record("another error: \(error)", sourceLocation: location)
  }
}

/// A copy of a parameter's numbers, which live only as long as the parameter.
func copiedNumbers(_ parameter: Parameter) -> [Float] {
  withExtendedLifetime(parameter) { Array(parameter.values) }
}
