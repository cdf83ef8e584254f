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
    Console.note(Self.summary(done: summary.done, already: summary.already, seconds: seconds))
    for failure in summary.failures { Console.note("error: \(failure.title): \(failure.message)") }
    if summary.left > 0 {
      Console.note(
        "\(Console.count(summary.left, "job")) left: other parts', or waiting for those that failed")
    }
    return summary.failures.isEmpty
  }

  /// `3 jobs done in 12 s; 4 were done before`
  static func summary(done: Int, already: Int, seconds: Double) -> String {
    let before = already > 0 ? "; \(already) were done before" : ""
    return "\(Console.count(done, "job")) done in \(Console.duration(seconds))\(before)"
  }
}
