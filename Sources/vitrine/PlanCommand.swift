import ArgumentParser
import Exhibition

/// `vitrine plan`
struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan", abstract: "Show an exhibition's jobs: done, missing, and how long they will take.",
    discussion: """
      Times are those of like jobs that are done. Where there are none, a few steps of each method are made, and the
      time is estimated from those.

      EXAMPLE
        vitrine plan content/full.yaml
      """)

  @OptionGroup var exhibition: ExhibitionOptions

  @Flag(help: "Only the totals.")
  var brief = false

  @Flag(help: "Compare every finished file with its digest.")
  var verify = false

  func run() throws {
    let report = try PlanReport(
      exhibition: exhibition.read(), store: Store(folder: exhibition.store), scrutiny: verify ? .full : .quick
    )
    if !brief {
      for line in report.lines {
        let time = line.seconds.map { "  \(line.isDone ? "" : "about ")\(Console.duration($0))" } ?? ""
        Console.print("\(line.identity.prefix(12))  \(pad(line.state, 8))\(line.title)\(time)")
      }
      for work in report.pending { Console.print("\(pad("", 14))later   \(work.count) × \(work.title)") }
    }
    for model in Set(report.leftOut.map(\.model)).sorted() {
      let classes = report.leftOut.filter { $0.model == model }
      Console.print(
        "left out for \(model), which doesn't know them: \(classes.map(\.className).joined(separator: ", "))")
      if !brief { for gap in classes.prefix(8) { Console.print("  \(gap.reason)") } }
    }
    for refusal in report.refusals {
      Console.print("\(refusal.method) is left out for \(refusal.model): \(refusal.reason)")
    }
    var total = "\(report.done) done, \(report.missing) missing"
    if report.failed > 0 { total += ", \(report.failed) failed" }
    if report.later > 0 { total += ", \(report.later) later" }
    if let seconds = report.secondsLeft {
      total += "; about \(Console.duration(seconds)) left"
      if report.isRehearsed { total += ", estimated from a few steps of each method" }
    }
    if report.unknown > 0 { total += " (\(Console.count(report.unknown, "job")) of unknown length)" }
    Console.print(total)
  }

  private func pad(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}
