import Foundation
import Synchronization
import Testing

@testable import Exhibition
@testable import Visualization

@Suite struct StatisticsShelfTests {
  struct Broken: Error {}

  /// Statistics of so many bytes.
  func statistics(_ bytes: Int) -> ReferenceStatistics {
    ReferenceStatistics(
      weightsHash: "w", count: 1,
      layers: [
        .init(name: "l", channels: 1, positions: bytes / 4, quantiles: .init(repeating: 0, count: bytes / 4))
      ])
  }

  func key(_ pictures: String) -> StatisticsKey {
    .init(
      model: "m", weightsHash: "w", pictures: pictures, layers: ["l"], weighting: "", precision: "fp32",
      threads: 1)
  }

  @Test(.timeLimit(.minutes(10))) func manyThreadsMeasureOnce() {
    let shelf = StatisticsShelf()
    let measured = Mutex(0)
    let got = Mutex(0)
    let wanted = statistics(400)
    // Threads of their own: those who wait must not take the place of the one who measures.
    Crew.run(count: 8) {
      let found = try? shelf.statistics(self.key("a"), wait: {}) {
        measured.withLock { $0 += 1 }
        usleep(50_000)
        return wanted
      }
      if found == wanted { got.withLock { $0 += 1 } }
    }
    #expect(measured.withLock { $0 } == 1)
    #expect(got.withLock { $0 } == 8)
  }

  @Test func whatWasUsedLongestAgoMakesRoom() throws {
    let shelf = StatisticsShelf(limit: 1000)
    var measured: [String] = []
    func ask(_ name: String, bytes: Int = 400) throws {
      _ = try shelf.statistics(key(name), wait: {}) {
        measured.append(name)
        return statistics(bytes)
      }
    }
    for name in ["a", "b", "a", "c", "a", "b"] { try ask(name) }
    // With c there was room for two: b had been used longest ago, and a was kept.
    #expect(measured == ["a", "b", "c", "b"])
    // What alone is too large is given out and not kept.
    try ask("large", bytes: 4000)
    try ask("large", bytes: 4000)
    #expect(measured.filter { $0 == "large" }.count == 2)
  }

  @Test func whatFailsIsTriedAgain() throws {
    let shelf = StatisticsShelf()
    #expect(throws: Broken.self) { try shelf.statistics(key("a"), wait: {}) { throw Broken() } }
    #expect(try shelf.statistics(key("a"), wait: {}) { statistics(4) } == statistics(4))
  }

  @Test(.timeLimit(.minutes(10))) func whoWaitsMayGiveUp() {
    let shelf = StatisticsShelf()
    let begun = Atomic(false)
    let ended = Atomic(false)
    let cancelled = Mutex(0)
    let turn = Atomic(0)
    Crew.run(count: 2) {
      if turn.wrappingAdd(1, ordering: .relaxed).newValue == 1 {
        _ = try? shelf.statistics(self.key("a"), wait: {}) {
          begun.store(true, ordering: .relaxed)
          while !ended.load(ordering: .relaxed) { usleep(1000) }
          return self.statistics(4)
        }
      } else {
        while !begun.load(ordering: .relaxed) { usleep(1000) }
        do {
          _ = try shelf.statistics(
            self.key("a"), wait: { () throws(CancellationError) in throw CancellationError() }
          ) { self.statistics(8) }
        } catch { cancelled.withLock { $0 += 1 } }
        ended.store(true, ordering: .relaxed)
      }
    }
    #expect(cancelled.withLock { $0 } == 1)
  }
}
