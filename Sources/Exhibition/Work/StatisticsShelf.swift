import Visualization

/// What natural pictures look like inside the networks, measured once for all jobs of a run that start from the same
/// pictures: another seed or another setting doesn't change it.
typealias StatisticsShelf = Shelf<StatisticsKey, ReferenceStatistics>

/// Everything that decides the numbers. Threads are among it, as sums may be taken in another order by them.
struct StatisticsKey: Hashable, Sendable {
  let model: String
  let weightsHash: String
  let pictures: String
  let layers: [String]
  /// By what relevance activations count; the target is among what decides the pictures.
  let weighting: String
  let precision: String
  let threads: Int
}

extension Shelf where Key == StatisticsKey, Value == ReferenceStatistics {
  /// A shelf that keeps at most so many bytes.
  convenience init(limit: Int = 256 << 20) {
    self.init(limit: limit) { $0.layers.reduce(0) { $0 + 4 * $1.quantiles.count } }
  }

  /// What is known under a key, or else is measured now; see ``value(_:wait:make:)``.
  func statistics(
    _ key: StatisticsKey, wait: () throws(CancellationError) -> Void,
    measure: () throws -> ReferenceStatistics
  ) throws -> ReferenceStatistics { try value(key, wait: wait, make: measure) }
}
