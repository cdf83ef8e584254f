public import Foundation
public import Support

/// The results of a study as files.
public struct StudyReport: Sendable {
  /// Each file's content by its name, such as `methods.csv`.
  public let files: [String: Data]

  /// The tables, a codebook that explains every column, the judgements with the program for mixed models, and all results
  /// as JSON. Throws ``StudyError`` for results that JSON can't hold.
  public init(_ analysis: StudyAnalysis, of data: StudyData) throws(StudyError) {
    var tables = analysis.tables + [JudgementTable.table(data, analysis)]
    if analysis.outline.isSimulated {
      // A table goes its own way, and must say so wherever it ends up.
      let column = CSVTable.Column(
        name: "simulated", meaning: "1: the answers come from a simulation and not from people")
      tables = tables.map { $0.marked(column, .count(1)) }
    }
    var files: [String: Data] = [:]
    for table in tables { files[table.name + ".csv"] = Data(table.text.utf8) }
    files["codebook-of-results.md"] = Data(Self.codebook(tables, analysis).utf8)
    files["mixed-models.R"] = Data(MixedModelScript.text.utf8)
    files["analysis.json"] = try analysis.json()
    self.files = files
  }

  /// Writes all files into a folder, each whole or not at all. Throws ``FileError``.
  public func write(to folder: String) throws(FileError) {
    for (name, data) in files.sorted(by: { $0.key < $1.key }) {
      try AtomicFile.write(data, to: (folder as NSString).appendingPathComponent(name))
    }
  }

  private static func codebook(_ tables: [CSVTable], _ analysis: StudyAnalysis) -> String {
    let name = String(analysis.outline.study.filter { !$0.isNewline })
    var text = "# Codebook of the results of \(name)\n"
    if analysis.outline.isSimulated {
      text += "\n**These answers come from a simulation and not from people.**\n"
    }
    if let hash = analysis.outline.studyHash { text += "\nStudy hash: `\(hash)`\n" }
    let options = analysis.options
    text += """

      Intervals are at a level of \(options.level); those with participants resampled lie between quantiles \
      of \(options.replicates) draws with the seed \(options.seed), by the rule `\(options.ends.rawValue)`. Pairs of equal means are handled by the rule \
      `\(options.zeros.rawValue)`. Empty fields are values that don't exist; `note` says why. A text that a spreadsheet \
      would take for a formula has an apostrophe before it.

      """
    for table in tables {
      text += "\n## \(table.name).csv\n\n\(table.meaning)\n\n| column | meaning |\n|---|---|\n"
      text += table.columns.map { "| `\($0.name)` | \($0.meaning) |\n" }.joined()
    }
    return text
  }
}

extension StudyAnalysis {
  /// All results as JSON with sorted names, which ``init(json:place:)`` reads.
  public func json() throws(StudyError) -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      return try encoder.encode(self)
    } catch {
      throw .malformed(place: "the results", reason: "can't be written as JSON: \(error)")
    }
  }

  /// Results from their JSON. Throws ``StudyError``; `place` is the file's name.
  public init(json: Data, place: String) throws(StudyError) {
    do {
      self = try JSONDecoder().decode(StudyAnalysis.self, from: json)
    } catch {
      throw .malformed(place: place, reason: "these are no results of a study: \(error)")
    }
  }
}
