import ArgumentParser
import Collector
import Exhibition
import Foundation
import Gallery
import Study
import Support

/// `vitrine study plan`
struct StudyPlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Make a study of an exhibition ready: fix what is shown, and who sees what.",
    discussion: """
      Writes study.json, plan.json and the pictures into the study's folder. From then on the study is what is written there, \
      whatever becomes of the store; `vitrine render` makes its pages. Once answers came, it can't be planned anew.

      EXAMPLE
        vitrine study plan content/exhibition.yaml --participants 60 --seed 7
      """)

  @OptionGroup var exhibition: ExhibitionOptions

  @Option(help: "The study's name, if the exhibition has several.")
  var study: String?

  @Option(help: "For how many participants; what the exhibition says if left out.")
  var participants: Int?

  @Option(help: "The seed of the assignment; the study's if left out.")
  var seed: UInt64?

  func run() throws {
    let exhibition = try exhibition.read()
    let entry = try Self.entry(study, in: exhibition)
    let store = Store(folder: self.exhibition.store)
    let draft = try StudyDraft(entry, in: Catalogue(exhibition: exhibition, store: store))
    let plan = try StudyPlan.make(
      for: draft.definition, participants: participants ?? entry.participants, seed: seed ?? entry.seed)
    let folder = StudyFolder(path: entry.folder)
    try protect(folder, draft.definition, plan)
    for (digest, path) in draft.pictures.sorted(by: { $0.key < $1.key }) {
      let file = try MappedFile(path: path)
      let data = withExtendedLifetime(file) { Data(file.bytes) }
      guard Digest.sha256(data) == digest else {
        throw FileError(
          path: path, action: "copy",
          reason: "it isn't the picture that its record describes; run `vitrine run`")
      }
      try AtomicFile.write(data, to: folder.picturePath(digest))
    }
    try folder.write(draft.definition, plan)
    let trials = plan.rows.first?.trials.count ?? 0
    Console.print(
      "\(entry.folder): \(Console.count(plan.rows.count, "assignment")) of \(Console.count(trials, "trial")), "
        + "\(Console.count(draft.pictures.count, "picture"))")
  }

  /// Answers belong to what was asked.
  private func protect(_ folder: StudyFolder, _ definition: StudyDefinition, _ plan: StudyPlan) throws {
    guard FileManager.default.fileExists(atPath: folder.answersPath),
      let old = try? folder.read(), old.definition != definition || old.plan != plan
    else { return }
    let status = try StudyArchive(databasePath: folder.answersPath).status()
    guard status.begun + status.testRuns > 0 else { return }
    throw FileError(
      path: folder.path, action: "plan the study anew in",
      reason:
        "\(Console.count(status.begun, "participant")) already answered the one that is there; give the new one "
        + "another name in the exhibition")
  }

  /// A study of an exhibition.
  static func entry(_ name: String?, in exhibition: Exhibition) throws -> Exhibition.StudyEntry {
    let names = exhibition.studies.map(\.name)
    if let name {
      if let entry = exhibition.study(named: name) { return entry }
      throw ValidationError(
        "the exhibition has no study \"\(name)\"" + Suggestion.clause(for: name, among: names)
          + (names.isEmpty ? "; write one under \"study\"" : "; it has: \(names.joined(separator: ", "))"))
    }
    guard let first = exhibition.studies.first else {
      throw ValidationError("\(exhibition.path) has no study; write one under \"study\"")
    }
    guard names.count == 1 else {
      throw ValidationError(
        "the exhibition has several studies; say by --study which: \(names.joined(separator: ", "))")
    }
    return first
  }
}
