public import Foundation
import Support

/// The canonical form and its hash.
extension StudyDefinition {
  /// The definition as JSON in its one form: names in order, nothing between. Throws ``StudyError`` for numbers that JSON
  /// doesn't have.
  public func canonicalJSON() throws(StudyError) -> String { try CanonicalFile.text(of: self, place: name) }

  /// The SHA-256 of ``canonicalJSON()``: changes whenever anything of the study changes. Throws ``StudyError``.
  public func hash() throws(StudyError) -> String { Digest.sha256(try canonicalJSON()) }

  /// The SHA-256 of the text that a participant agrees to; it is the answer to the consent.
  public var consentHash: String { Digest.sha256(texts.consent) }

  /// Reads and validates a definition. Throws ``StudyError`` for anything that it doesn't understand.
  public init(json: Data, place: String) throws(StudyError) {
    self = try CanonicalFile.value(StudyDefinition.self, json: json, place: place)
    guard format == 1 else {
      throw .malformed(place: place, reason: "is of format \(format); this version knows format 1")
    }
    try validate()
  }
}
