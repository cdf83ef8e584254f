import Foundation
import Study

/// What the page's script must know of one participant's assignment, as a script of its own: pages that are opened as files
/// can't read other files, but may run scripts. Neither methods nor kinds of trials are in it, but for practice.
struct StudyRowScript: Encodable {
  let row: Int
  let right: [String: [String: [String]]]
  let trials: [Trial]

  struct Trial: Encodable {
    let id: String
    let part: String
    var practice: Bool?
    var mustBeRight: Bool?
    var right: [String: [String]]?
    var word: String?
    var references: [String]?
    let pictures: [String]
    var opposites: [String]?
    var queries: [String]?
    let width: Int
    let height: Int
  }

  /// The script of a row. `name` makes the name of a picture's file.
  init(_ row: StudyPlan.Row, of study: StudyExhibit, name: (StoredPicture) -> String) throws {
    let definition = study.definition
    let assignment = try StudyAssignment(row, of: definition, hash: study.hash)
    self.row = row.number
    right = [
      "comprehension": Dictionary(
        definition.comprehension.map { ($0.name, $0.right) }, uniquingKeysWith: { first, _ in first })
    ]
    trials = row.trials.compactMap { trial in
      guard let shown = StudyTrialPictures(trial, of: definition) else { return nil }
      func names(_ digests: [String]) -> [String] { digests.compactMap { study.pictures[$0].map(name) } }
      let size = shown.pictures.first.flatMap { study.pictures[$0] }
      var result = Trial(
        id: trial.id, part: trial.part, word: shown.word,
        references: shown.item.references.isEmpty ? nil : names(shown.item.references),
        pictures: names(shown.pictures), opposites: shown.opposites.isEmpty ? nil : names(shown.opposites),
        queries: shown.queries.isEmpty ? nil : names(shown.queries), width: size?.width ?? 0,
        height: size?.height ?? 0)
      if trial.kind == .practice {
        result.practice = true
        result.mustBeRight = shown.part.practiceMustBeRight ? true : nil
        let right = (assignment.trial(trial.id)?.questions ?? []).filter { !$0.right.isEmpty }
          .map { ($0.id, $0.right) }
        result.right = right.isEmpty ? nil : Dictionary(right, uniquingKeysWith: { first, _ in first })
      }
      return result
    }
  }

  /// The file.
  func data() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return Data("vitrineStudy(".utf8) + (try encoder.encode(self)) + Data(");\n".utf8)
  }
}
