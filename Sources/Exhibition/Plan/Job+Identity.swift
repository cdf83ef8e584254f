import Foundation
import Support

extension Job {
  /// SHA-256 of the canonical JSON (sorted keys, no white space) of kind and recipe.
  static func identity(kind: Record.Kind, recipe: Record.Recipe) -> String {
    struct Whole: Encodable {
      let kind: Record.Kind
      let recipe: Record.Recipe
    }
    return Digest.sha256(CanonicalJSON.data(Whole(kind: kind, recipe: recipe)))
  }
}

extension Record.Recipe {
  /// The canonical JSON: sorted keys in snake case, no white space.
  public var json: String { String(decoding: CanonicalJSON.data(self), as: UTF8.self) }
}

/// JSON of which equal values have equal bytes.
enum CanonicalJSON {
  static func data(_ value: some Encodable) -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Configurations admit finite numbers only; for others equal settings must still give equal bytes.
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    guard let json = try? encoder.encode(value) else {
      preconditionFailure("recipes hold only texts, numbers and truth values")
    }
    return json
  }
}
