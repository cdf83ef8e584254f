import Foundation

/// Things that are made once for all jobs of a run that need the same.
///
/// Workers on several threads share a shelf; one that asks for what another is just making waits for it. When more is on
/// it than `limit`, what was used longest ago goes.
final class Shelf<Key: Hashable & Sendable, Value: Sendable>: @unchecked Sendable {
  private enum Place {
    case beingMade
    case here(Value, lastUse: Int)
  }

  /// Guards everything below; told when something is made.
  private let condition = NSCondition()
  private var places: [Key: Place] = [:]
  private var uses = 0
  private let limit: Int
  private let bytes: @Sendable (Value) -> Int

  /// A shelf that keeps at most so many bytes, as `bytes` tells them.
  init(limit: Int, bytes: @escaping @Sendable (Value) -> Int) {
    self.limit = limit
    self.bytes = bytes
  }

  /// What is there under a key, or else is made now. `wait` is called now and then while another thread makes it, and may
  /// throw to give up.
  func value(
    _ key: Key, wait: () throws(CancellationError) -> Void, make: () throws -> Value
  ) throws -> Value {
    while true {
      switch take(key) {
      case .here(let value, _): return value
      case .beingMade: try wait()
      case nil:
        do {
          let value = try make()
          put(.here(value, lastUse: 0), at: key)
          return value
        } catch {
          // Others that want it try for themselves, and get their own error.
          put(nil, at: key)
          throw error
        }
      }
    }
  }

  /// What is there; `nil` if there is nothing, and then the caller has to make it. Waits a moment for what another makes.
  private func take(_ key: Key) -> Place? {
    condition.lock()
    defer { condition.unlock() }
    if case .beingMade = places[key] { _ = condition.wait(until: Date(timeIntervalSinceNow: 0.2)) }
    switch places[key] {
    case .here(let value, _):
      uses += 1
      let place = Place.here(value, lastUse: uses)
      places[key] = place
      return place
    case .beingMade: return .beingMade
    case nil:
      places[key] = .beingMade
      return nil
    }
  }

  private func put(_ place: Place?, at key: Key) {
    condition.lock()
    defer { condition.unlock() }
    places[key] = place
    if case .here(let value, _) = place {
      uses += 1
      places[key] = .here(value, lastUse: uses)
      makeRoom()
    }
    condition.broadcast()
  }

  /// Removes what was used longest ago until the rest is within the limit.
  private func makeRoom() {
    let kept = places.compactMap { key, place -> (key: Key, bytes: Int, lastUse: Int)? in
      guard case .here(let value, let lastUse) = place else { return nil }
      return (key, bytes(value), lastUse)
    }
    var total = kept.reduce(0) { $0 + $1.bytes }
    for entry in kept.sorted(by: { $0.lastUse < $1.lastUse }) where total > limit {
      places[entry.key] = nil
      total -= entry.bytes
    }
  }
}
