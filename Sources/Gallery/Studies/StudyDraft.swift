public import Exhibition
public import Study

/// A study of an exhibition, made ready: its definition, and the pictures that it shows.
public struct StudyDraft: Sendable {
  /// All that is fixed before the first participant.
  public let definition: StudyDefinition
  /// The pictures' files by their SHA-256.
  public let pictures: [String: String]

  /// Makes a study from what the store holds. Throws ``GalleryError`` with everything that is missing, and `StudyError` for a
  /// study that can't be run.
  public init(_ entry: Exhibition.StudyEntry, in catalogue: Catalogue) throws {
    let desk = StudyDraftDesk(entry, catalogue)
    let wording = StudyWording(entry)
    let parts = entry.parts.map { desk.part($0, wording) }
    try desk.checkFaults()
    definition = StudyDefinition(
      name: entry.name, title: entry.title, language: entry.language, seed: entry.seed,
      isSimulated: entry.isSimulated, texts: wording.texts, comprehension: wording.comprehension,
      parts: parts,
      demographics: wording.demographics, exclusions: entry.exclusions, resume: entry.resume,
      completion: entry.completion)
    try definition.validate()
    pictures = desk.pictures
  }
}
