import Synchronization

/// Tells a run to stop. Set from a signal's handler or a test, read by all workers.
public final class Cancellation: Sendable {
  private let flag = Atomic(false)

  /// Nothing is cancelled yet.
  public init() {}

  /// Whether the run is to stop.
  public var isCancelled: Bool { flag.load(ordering: .relaxed) }

  /// Asks the run to stop as soon as it can.
  public func cancel() { flag.store(true, ordering: .relaxed) }

  /// Throws if the run is to stop.
  public func check() throws(CancellationError) { if isCancelled { throw CancellationError() } }
}
