import ArgumentParser
import Collector
import Foundation
import Study
import Support

/// `vitrine study power`
struct StudyPowerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "power", abstract: "Say by a pilot how many participants a study needs.",
    discussion: """
      Draws studies of several sizes from the pilot's participants and tests each as the real one will be. The effect is \
      taken to be as large as in the pilot; --keep makes it smaller, as pilots are often too hopeful.

      EXAMPLE
        vitrine study power studies/pilot --sizes 10,20,40,80 --keep 0.7
      """)

  @OptionGroup var study: StudyOptions

  @Option(help: "The part of the study; all if left out.")
  var part: String?

  @Option(help: "Numbers of participants, with commas between.")
  var sizes = "10,20,40,60,80"

  @Option(help: "How many studies are drawn of each size.")
  var simulations = 1000

  @Option(help: "The level of the tests.")
  var alpha = 0.05

  @Option(help: "The part of the effect that is kept, from 0 to 1.")
  var keep = 1.0

  @Option(name: .shortAndLong, help: "A folder for power-PART.csv.", completion: .directory)
  var output: String?

  @Flag(help: "Draw from test runs instead of the participants.")
  var testRuns = false

  @OptionGroup var computing: AnalysisOptions

  private var numbers: [Int]? {
    let parts = sizes.split(separator: ",").map { Int($0.trimmingCharacters(in: .whitespaces)) }
    return parts.contains(nil) || parts.isEmpty ? nil : parts.compactMap { $0 }
  }

  func validate() throws {
    guard numbers != nil else { throw ValidationError("--sizes are whole numbers with commas between") }
    guard (1...100_000).contains(simulations) else {
      throw ValidationError("--simulations is from 1 to 100000")
    }
  }

  func run() throws {
    let (definition, _) = try study.folder.read()
    if let part, !definition.parts.contains(where: { $0.name == part }) {
      throw ValidationError(
        "the study has no part \"\(part)\"; it has: \(definition.parts.map(\.name).joined(separator: ", "))")
    }
    var selection = StudyArchive.Selection()
    selection.testRuns = testRuns
    let data = try StudyData(StudyArchive(databasePath: study.databasePath).events(selection), of: definition)
    let measure = try computing.measure(for: data)
    for name in definition.parts.map(\.name) where part ?? name == name {
      let power: PowerSimulation
      do {
        power = try PowerSimulation(
          data, part: name, participants: numbers ?? [], simulations: simulations, alpha: alpha,
          shrinkage: keep,
          seed: computing.seed, measure: measure)
      } catch {
        Console.print("\(name): \(error.reason)")
        continue
      }
      Console.print("\(name), from \(Console.count(power.pilot, "participant")):")
      for size in power.sizes {
        let pairs = size.pairs.map { "\($0.first)–\($0.second) \(Self.percent($0.share.power))" }
        Console.print(
          "  \(size.participants): any method \(Self.percent(size.friedman.power)); "
            + pairs.joined(separator: ", "))
      }
      if let output { try AtomicFile.write(power.table.text, to: "\(output)/power-\(name).csv") }
    }
  }

  private static func percent(_ share: Double) -> String { "\(Int((100 * share).rounded())) %" }
}
