import Foundation

/// Threads of a run.
enum Crew {
  /// Runs a body on so many threads and waits for all. Their stacks are as large as the main thread's: numeric
  /// libraries count on that.
  static func run(count: Int, _ body: @escaping @Sendable () -> Void) {
    let group = DispatchGroup()
    for number in 0..<max(1, count) {
      group.enter()
      let thread = Thread {
        body()
        group.leave()
      }
      thread.stackSize = 8 << 20
      thread.name = "worker \(number + 1)"
      thread.start()
    }
    group.wait()
  }
}

/// The processor's cores.
public enum Cores {
  /// How many this process may use.
  public static var available: Int { max(1, ProcessInfo.processInfo.activeProcessorCount) }
}

/// Words for errors.
public enum Message {
  /// What an error says to a reader.
  public static func of(_ error: any Error) -> String {
    (error as? any LocalizedError)?.errorDescription ?? String(describing: error)
  }
}
