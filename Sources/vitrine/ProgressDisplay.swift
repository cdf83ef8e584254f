import Exhibition
import Foundation

/// Shows how far a run has come: one line that is redrawn in a terminal, plain lines elsewhere.
final class ProgressDisplay: @unchecked Sendable {
  /// Guards everything below: workers report and the timer draws at the same time.
  private let lock = NSLock()
  private var status: (@Sendable () -> RunStatus)?
  private var timer: (any DispatchSourceTimer)?
  private var isDrawn = false

  /// Begins to show a run's status.
  func watch(_ status: @escaping @Sendable () -> RunStatus) {
    let timer = DispatchSource.makeTimerSource(queue: .global())
    let interval: DispatchTimeInterval = Console.isTerminal ? .milliseconds(250) : .seconds(30)
    timer.schedule(deadline: .now() + interval, repeating: interval)
    timer.setEventHandler { [weak self] in self?.draw() }
    lock.withLock {
      self.status = status
      self.timer = timer
    }
    timer.resume()
  }

  /// Tells what has happened.
  func report(_ event: RunEvent) {
    switch event {
    case .done(let job, let seconds):
      if !Console.isTerminal {
        line("\(prefix())done: \(job.title) (\(Console.duration(seconds)))")
      }
    case .failed(let job, let message): line("failed: \(job.title): \(message)")
    case .damaged(let job, let reason): line("damaged, will be remade: \(job.title): \(reason)")
    case .opened(let count, let job): line("\(job.title): \(Console.count(count, "more job"))")
    }
  }

  /// Ends the display.
  func stop() {
    lock.withLock {
      timer?.cancel()
      timer = nil
      erase()
      status = nil
    }
  }

  private func prefix() -> String {
    guard let status = lock.withLock({ status })?() else { return "" }
    let finished = status.done + status.failed
    return "[\(finished + 1)/\(finished + status.left)] "
  }

  private func line(_ text: String) {
    lock.withLock {
      erase()
      Console.note(text)
    }
  }

  private func erase() {
    guard isDrawn else { return }
    try? FileHandle.standardError.write(contentsOf: Data("\r\u{1B}[K".utf8))
    isDrawn = false
  }

  private func draw() {
    guard let status = lock.withLock({ status })?() else { return }
    let text = Self.text(status)
    lock.withLock {
      guard timer != nil else { return }
      guard Console.isTerminal else { return Console.note(text) }
      let cut = String(text.prefix(Self.width - 1))
      try? FileHandle.standardError.write(contentsOf: Data("\r\u{1B}[K\(cut)".utf8))
      isDrawn = true
    }
  }

  /// `12 of 133 jobs, 34 %, 4 min left: zebra by vital in demo-resnet, seed 0 (62 %)`
  static func text(_ status: RunStatus) -> String {
    let finished = status.done + status.failed
    var text = "\(finished) of \(finished + status.left) jobs"
    if status.failed > 0 { text += ", \(status.failed) failed" }
    text += ", \(Int(status.fraction * 100)) %"
    if let seconds = status.secondsLeft { text += ", \(Console.duration(seconds)) left" }
    let running = status.running.map { "\($0.title) (\(Int($0.fraction * 100)) %)" }
    return running.isEmpty ? text : text + ": " + running.joined(separator: "; ")
  }

  private static var width: Int {
    var size = winsize()
    return ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 20 ? Int(size.ws_col) : 80
  }
}
