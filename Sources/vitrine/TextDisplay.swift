import Foundation
import Models
import Synchronization

/// Shows how many texts of zero-shot classes are read: one line that is redrawn in a terminal, a line now and then
/// elsewhere, and nothing if it takes no time.
final class TextDisplay: Sendable {
  private let start = ContinuousClock.now
  private let last = Mutex<ContinuousClock.Instant?>(nil)

  func show(_ progress: ZeroShotOptions.Progress) {
    let now = ContinuousClock.now
    let pause: Duration = Console.isTerminal ? .milliseconds(250) : .seconds(10)
    let isDue = last.withLock { last in
      guard now - (last ?? start) >= pause, progress.done > 0 else { return false }
      last = now
      return true
    }
    guard isDue else { return }
    let elapsed = Double((now - start) / .milliseconds(1)) / 1000
    let left = elapsed / Double(progress.done) * Double(progress.total - progress.done)
    Console.redraw("\(progress.done) of \(progress.total) texts read, \(Console.duration(left)) left")
  }

  func end() { if last.withLock({ $0 != nil }) { Console.erase() } }
}
