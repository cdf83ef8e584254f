import Synchronization

/// Tells open pages that the site was made anew.
public final class ChangeFeed: Sendable {
  private struct State {
    var version = 0
    var waiting: [Int: CheckedContinuation<Int, Never>] = [:]
    var next = 0
  }

  private let state = Mutex(State())

  /// A feed without news.
  public init() {}

  /// How often the site was made anew.
  public var version: Int { state.withLock { $0.version } }

  /// Tells whoever waits.
  public func announce() {
    let (version, waiting) = state.withLock { state in
      state.version += 1
      defer { state.waiting = [:] }
      return (state.version, Array(state.waiting.values))
    }
    for continuation in waiting { continuation.resume(returning: version) }
  }

  /// The version once it is another than the one that a page has seen, or as it is after some time.
  func version(after seen: Int, patience: Duration) async -> Int {
    let ticket = state.withLock { state in
      state.next += 1
      return state.next
    }
    let timer = Task {
      try? await Task.sleep(for: patience)
      release(ticket)
    }
    defer { timer.cancel() }
    return await withCheckedContinuation { continuation in
      let now = state.withLock { state -> Int? in
        if state.version != seen { return state.version }
        state.waiting[ticket] = continuation
        return nil
      }
      if let now { continuation.resume(returning: now) }
    }
  }

  private func release(_ ticket: Int) {
    let (version, continuation) = state.withLock { ($0.version, $0.waiting.removeValue(forKey: ticket)) }
    continuation?.resume(returning: version)
  }
}
