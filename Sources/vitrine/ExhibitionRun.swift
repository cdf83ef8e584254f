import ArgumentParser
import Exhibition
import Foundation

/// Runs an exhibition's jobs with progress on the terminal; shared by `build` and `run`.
struct ExhibitionRun {
  let exhibition: Exhibition
  let store: Store
  let options: Runner.Options

  /// Does what is missing. Returns whether all went well; an interruption ends the program's work here.
  func perform() throws -> Bool {
    let planner = Planner(exhibition: exhibition, store: store)
    let runner = Runner(store: store, workshop: ExhibitionWorkshop(planner), options: options) {
      try planner.plan()
    }
    let cancellation = Cancellation()
    let interrupt = Interrupt(cancellation)
    let display = ProgressDisplay()
    let start = ContinuousClock.now
    let summary: RunSummary
    do {
      defer { display.stop() }
      summary = try withExtendedLifetime(interrupt) {
        try runner.run(cancellation: cancellation, watch: display.watch, report: display.report)
      }
    }
    let seconds = Double((ContinuousClock.now - start) / .milliseconds(1)) / 1000
    if summary.isInterrupted {
      Console.note(
        "interrupted: \(Console.count(summary.done + summary.already, "job")) done and kept, \(summary.left) left; "
          + "the same command goes on from here")
      throw ExitCode(130)
    }
    let before = summary.already > 0 ? "; \(summary.already) were done before" : ""
    Console.note("\(Console.count(summary.done, "job")) done in \(Console.duration(seconds))\(before)")
    for failure in summary.failures { Console.note("error: \(failure.title): \(failure.message)") }
    if summary.left > 0 {
      Console.note(
        "\(Console.count(summary.left, "job")) left: other parts', or waiting for those that failed")
    }
    return summary.failures.isEmpty
  }
}
