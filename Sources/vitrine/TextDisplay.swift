import Foundation
import Models
import Synchronization

/// Shows how many of something are done, such as texts of zero-shot classes: one line that is redrawn in a terminal, a line now and then
/// elsewhere, and nothing if it takes no time.
final class TextDisplay: Sendable {
  private let start = ContinuousClock.now
  private let last = Mutex<ContinuousClock.Instant?>(nil)

  func show(_ progress: ZeroShotOptions.Progress) {
    show(progress.done, of: progress.total, "texts read")
  }

  func show(_ done: Int, of total: Int, _ what: String) {
    let now = ContinuousClock.now
    let pause: Duration = Console.isTerminal ? .milliseconds(250) : .seconds(10)
    let isDue = last.withLock { last in
      guard now - (last ?? start) >= pause, done > 0 else { return false }
      last = now
      return true
    }
    guard isDue else { return }
    let elapsed = Double((now - start) / .milliseconds(1)) / 1000
    let left = elapsed / Double(done) * Double(total - done)
    Console.redraw("\(done) of \(total) \(what), \(Console.duration(left)) left")
  }

  func end() { if last.withLock({ $0 != nil }) { Console.erase() } }
}
