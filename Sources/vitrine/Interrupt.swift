import Exhibition
import Foundation

/// Turns Ctrl-C and a request to end into a cancellation; a second one ends the program at once.
final class Interrupt {
  private static let signals = [SIGINT, SIGTERM, SIGHUP]
  private var sources: [any DispatchSourceSignal] = []

  init(_ cancellation: Cancellation) {
    for number in Self.signals {
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler {
        // Entries of the store are whole or under a temporary name at any time, so this loses nothing but time.
        if cancellation.isCancelled { _exit(130) }
        cancellation.cancel()
      }
      source.resume()
      sources.append(source)
    }
  }

  deinit {
    for source in sources { source.cancel() }
    // What comes after may be stopped as usual.
    for number in Self.signals { signal(number, SIG_DFL) }
  }
}
