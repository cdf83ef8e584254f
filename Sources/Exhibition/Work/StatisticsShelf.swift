import Foundation
import Visualization

/// What natural pictures look like inside the networks, measured once for all jobs of a run that start from the same
/// pictures: another seed or another setting doesn't change it.
///
/// Workers on several threads share a shelf; one that asks for what another is just measuring waits for it. When
/// more is on it than `limit`, what was used longest ago goes.
final class StatisticsShelf: @unchecked Sendable {
  /// Everything that decides the numbers. Threads are among it, as sums may be taken in another order by them.
  struct Key: Hashable, Sendable {
    let model: String
    let weightsHash: String
    let pictures: String
    let layers: [String]
    let precision: String
    let threads: Int
  }

  private enum Place {
    case measuring
    case here(ReferenceStatistics, lastUse: Int)
  }

  /// Guards everything below; told when a measurement ends.
  private let condition = NSCondition()
  private var places: [Key: Place] = [:]
  private var uses = 0
  private let limit: Int

  /// A shelf that keeps at most so many bytes.
  init(limit: Int = 256 << 20) { self.limit = limit }

  /// What is known under a key, or else is measured now. `wait` is called now and then while another thread
  /// measures, and may throw to give up.
  func statistics(
    _ key: Key, wait: () throws(CancellationError) -> Void, measure: () throws -> ReferenceStatistics
  ) throws -> ReferenceStatistics {
    while true {
      switch take(key) {
      case .here(let statistics, _): return statistics
      case .measuring: try wait()
      case nil:
        do {
          let statistics = try measure()
          put(.here(statistics, lastUse: 0), at: key)
          return statistics
        } catch {
          // Others that want it try for themselves, and get their own error.
          put(nil, at: key)
          throw error
        }
      }
    }
  }

  /// What is there; `nil` if there is nothing, and then the caller has to measure it. Waits a moment for what
  /// another measures.
  private func take(_ key: Key) -> Place? {
    condition.lock()
    defer { condition.unlock() }
    if case .measuring = places[key] { _ = condition.wait(until: Date(timeIntervalSinceNow: 0.2)) }
    switch places[key] {
    case .here(let statistics, _):
      uses += 1
      let place = Place.here(statistics, lastUse: uses)
      places[key] = place
      return place
    case .measuring: return .measuring
    case nil:
      places[key] = .measuring
      return nil
    }
  }

  private func put(_ place: Place?, at key: Key) {
    condition.lock()
    defer { condition.unlock() }
    places[key] = place
    if case .here(let statistics, _) = place {
      uses += 1
      places[key] = .here(statistics, lastUse: uses)
      makeRoom()
    }
    condition.broadcast()
  }

  /// Removes what was used longest ago until the rest is within the limit.
  private func makeRoom() {
    let kept = places.compactMap { key, place -> (key: Key, bytes: Int, lastUse: Int)? in
      guard case .here(let statistics, let lastUse) = place else { return nil }
      return (key, statistics.layers.reduce(0) { $0 + 4 * $1.quantiles.count }, lastUse)
    }
    var bytes = kept.reduce(0) { $0 + $1.bytes }
    for entry in kept.sorted(by: { $0.lastUse < $1.lastUse }) where bytes > limit {
      places[entry.key] = nil
      bytes -= entry.bytes
    }
  }
}
