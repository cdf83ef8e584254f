import Foundation
import Support

extension Job {
  /// SHA-256 of the canonical JSON (sorted keys, no white space) of kind and recipe.
  static func identity(kind: Record.Kind, recipe: Record.Recipe) -> String {
    struct Whole: Encodable {
      let kind: Record.Kind
      let recipe: Record.Recipe
    }
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Configurations admit finite numbers only; for others equal settings must still give equal identities.
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    guard let json = try? encoder.encode(Whole(kind: kind, recipe: recipe)) else {
      preconditionFailure("a recipe holds only texts, numbers and truth values")
    }
    return Digest.sha256(json)
  }
}
