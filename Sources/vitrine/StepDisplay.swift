import Visualization

/// Shows how far a single piece of work is: one line that is redrawn in a terminal, a line now and then elsewhere.
final class StepDisplay {
  private let start = ContinuousClock.now
  private var last: ContinuousClock.Instant?
  /// What had been done when the work began, by an earlier run.
  private var before: Int?

  func show(_ progress: VisualizationProgress) { show("step", progress.step, of: progress.steps) }

  /// `step 12 of 500, 3 min left`
  func show(_ noun: String, _ done: Int, of total: Int) {
    let before = self.before ?? done
    self.before = before
    let now = ContinuousClock.now
    let pause: Duration = Console.isTerminal ? .milliseconds(250) : .seconds(10)
    guard now - (last ?? start) >= pause, done > before else { return }
    last = now
    let elapsed = Double((now - start) / .milliseconds(1)) / 1000
    let left = elapsed / Double(done - before) * Double(total - done)
    Console.redraw("\(noun) \(done) of \(total), \(Console.duration(left)) left")
  }

  func end() { if last != nil { Console.erase() } }
}
