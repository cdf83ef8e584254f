import ArgumentParser
import Collector
import Evaluation
import Foundation
import Study
import Support

/// `vitrine study analyze`
struct StudyAnalyzeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "analyze", abstract: "Analyze a study's answers: tables, tests, intervals, agreement.",
    discussion: """
      Writes tables as CSV, a codebook, a program in R for mixed models and analysis.json into the results' folder; \
      `vitrine render` makes the page of results from it. A collector may be running.

      EXAMPLE
        vitrine study analyze studies/pilot
      """)

  @OptionGroup var study: StudyOptions
  @OptionGroup var computing: AnalysisOptions

  @Option(
    name: .shortAndLong, help: "The folder of the results; results in the study's folder if left out.",
    completion: .directory)
  var output: String?

  @Flag(help: "Analyze the answers of test runs instead of the participants'.")
  var testRuns = false

  func run() throws {
    let (definition, _) = try study.folder.read()
    var selection = StudyArchive.Selection()
    selection.testRuns = testRuns
    let events = try StudyArchive(databasePath: study.databasePath).events(selection)
    guard !events.isEmpty else {
      throw FileError(path: study.databasePath, action: "analyze", reason: "there is no answer in it yet")
    }
    let data = try StudyData(events, of: definition)
    let analysis = StudyAnalysis(
      data, rules: definition.exclusions, options: computing.options,
      measure: try computing.measure(for: data))
    try AnalysisReport.write(analysis, data, to: output ?? study.folder.resultsPath)
  }
}

/// How an analysis is computed.
struct AnalysisOptions: ParsableArguments {
  @Option(help: "The seed of the resampling.")
  var seed: UInt64 = 1

  @Option(help: "How often participants are drawn for an interval.")
  var replicates = 2000

  @Option(
    help: ArgumentHelp(
      "How written words are scored: WordNet's folder, or none.", valueName: "folder"))
  var words = WordNet.usualFolder

  @Option(
    help: ArgumentHelp(
      "Score written words by the text encoder of this checkpoint of CLIP instead of WordNet.",
      valueName: "path"),
    completion: .file())
  var clip: String?

  func validate() throws {
    guard (100...1_000_000).contains(replicates) else {
      throw ValidationError("--replicates is from 100 to 1000000")
    }
  }

  var options: StudyAnalysis.Options { StudyAnalysis.Options(seed: seed, replicates: replicates) }

  /// How words are scored; only studies with written words need it.
  func measure(for data: StudyData) throws -> WordMeasure? {
    guard data.outline.parts.contains(where: { $0.task == .word }) else { return nil }
    if let clip { return .clip(try TextSimilarity(checkpoint: clip, texts: data.texts)) }
    return words == "none" ? nil : .wordNet(try WordNet(folder: words))
  }
}

extension WordMeasure {
  /// The cosine in CLIP's space of texts, those below 0 as 0. Of any two texts of everyday life it is rarely below 0.6.
  static func clip(_ similarity: TextSimilarity) -> WordMeasure {
    WordMeasure(name: "cosine of texts in CLIP, \(similarity.model)") { answer, word in
      guard let cosine = similarity.cosine(answer, word) else { return .init(similarity: 0, matched: nil) }
      return .init(similarity: min(1, max(0, cosine)), matched: "\(answer) – \(word)")
    }
  }
}

/// What a command says of an analysis.
enum AnalysisReport {
  /// Writes the results' files and says what they hold in brief.
  static func write(_ analysis: StudyAnalysis, _ data: StudyData, to folder: String) throws {
    try StudyReport(analysis, of: data).write(to: folder)
    if analysis.outline.isSimulated { Console.print("SIMULATED: these answers are not of people") }
    let people = Console.count(analysis.participation.begun, "participant")
    Console.print(
      "\(people), \(analysis.exclusions.count) left out, \(Console.count(analysis.rows, "answer"))")
    for part in analysis.parts {
      Console.print("\(part.name):")
      for result in part.methods {
        let mean = result.scores.mean.map { String(format: "%.2f", $0) } ?? "–"
        let interval =
          result.scores.meanInterval.value.map { String(format: " (%.2f to %.2f)", $0.low, $0.high) } ?? ""
        Console.print("  \(result.method): \(mean)\(interval), \(result.scores.count)")
      }
      if let p = part.comparison.p { Console.print("  all methods alike: p = \(String(format: "%.3g", p))") }
    }
    Console.print("tables are in \(folder)")
  }
}
