import ArgumentParser
import Foundation
import Study
import Support

/// `vitrine study import`
struct StudyImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Analyze trials of a study that was run elsewhere.",
    discussion: """
      Reads a table with one trial a line. --column says which column holds what: subject and unit; correct or rating; and if \
      there are any method, confidence, reaction-time, catch, part. time-unit=seconds and separator=semicolon say how it is \
      written.

      EXAMPLE
        vitrine study import trials.csv --column subject=worker --column unit=neuron --column method=condition \\
          --column correct=is_correct --column confidence=conf -o published
      """)

  @Argument(help: "The table, CSV with a line of names.", completion: .file())
  var table: String

  @Option(
    name: .customLong("column"), parsing: .singleValue,
    help: ArgumentHelp("Which column holds what; may be repeated.", valueName: "name=column"))
  var columns: [String] = []

  @Option(name: .shortAndLong, help: "The folder of the results.", completion: .directory)
  var output: String

  @Option(help: "Leave out who has a smaller share of catch trials right, from 0 to 1.")
  var catches: Double?

  @OptionGroup var computing: AnalysisOptions

  func validate() throws {
    guard catches.map({ (0...1).contains($0) }) ?? true else {
      throw ValidationError("--catches is from 0 to 1")
    }
  }

  func run() throws {
    let map = try ColumnMap(columns)
    let file = try MappedFile(path: table)
    let observations = try withExtendedLifetime(file) {
      try TrialImport.observations(Data(file.bytes), map: map, place: table)
    }
    let name = ((table as NSString).lastPathComponent as NSString).deletingPathExtension
    let data = StudyData(study: name, observations)
    let analysis = StudyAnalysis(
      data, rules: ExclusionRules(catchShare: catches), options: computing.options)
    try AnalysisReport.write(analysis, data, to: output)
  }
}
