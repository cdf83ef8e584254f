import Dispatch
import GRDB
import Synchronization
import Testing

@testable import Collector
@testable import CollectorTrial

@Suite struct CommitQueueTests {
  /// Counts commits.
  private final class Counter: TransactionObserver, Sendable {
    let commits = Mutex(0)
    func observes(eventsOfKind eventKind: DatabaseEventKind) -> Bool { true }
    func databaseDidChange(with event: DatabaseEvent) {}
    func databaseDidCommit(_ database: Database) { commits.withLock { $0 += 1 } }
    func databaseDidRollback(_ database: Database) {}
  }

  private func store(_ folder: TrialFolder, maximumBytes: Int? = nil) throws -> AnswerStore {
    try AnswerStore(
      path: folder.path + "/a.sqlite", expecting: .study(name: "s", hash: "h"), maximumBytes: maximumBytes)
  }

  private static func insert(_ database: Database, bytes: Int = 1) throws {
    try database.execute(sql: "INSERT INTO filling VALUES (zeroblob(?))", arguments: [bytes])
  }

  private func kept(_ store: AnswerStore) throws -> Int? {
    try store.database.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM filling") }
  }

  @Test func whatComesTogetherIsCommittedTogether() async throws {
    let folder = try TrialFolder()
    let store = try store(folder)
    let queue = CommitQueue(store, capacity: 100)
    let counter = Counter()
    store.database.add(transactionObserver: counter, extent: .databaseLifetime)
    // The disk is busy while fifty requests come.
    let gate = DispatchSemaphore(value: 0)
    store.database.asyncWriteWithoutTransaction { _ in gate.wait() }
    let outcomes = await withTaskGroup(of: Bool.self) { group in
      for number in 0..<50 {
        group.addTask {
          do {
            try await queue.perform { database in
              try Self.insert(database)
              // One in five is refused after it wrote something.
              if number % 5 == 0 { throw IntakeFault.blocked }
            }
            return true
          } catch {
            return false
          }
        }
      }
      group.addTask {
        try? await Task.sleep(for: .milliseconds(300))
        gate.signal()
        return true
      }
      return await group.reduce(into: [Bool]()) { $0.append($1) }
    }
    #expect(outcomes.filter { $0 }.count == 41)
    #expect(try kept(store) == 40)
    #expect(counter.commits.withLock { $0 } <= 3)
    #expect(queue.lastFault == nil)
  }

  @Test func aFullFileRefusesOneAndKeepsTheOthers() async throws {
    let folder = try TrialFolder()
    let store = try store(folder, maximumBytes: 400_000)
    let queue = CommitQueue(store, capacity: 100)
    try await queue.perform { try Self.insert($0) }
    await #expect(throws: IntakeFault.full) {
      try await queue.perform { try Self.insert($0, bytes: 1_000_000) }
    }
    #expect(queue.lastFault != nil)
    try await queue.perform { try Self.insert($0) }
    #expect(try kept(store) == 2 && queue.lastFault == nil)
  }

  @Test func tooManyAndTooLateAreRefused() async throws {
    let folder = try TrialFolder()
    let store = try store(folder)
    let queue = CommitQueue(store, capacity: 0)
    await #expect(throws: IntakeFault.busy) { try await queue.perform { try Self.insert($0) } }
    let closed = CommitQueue(store, capacity: 10)
    closed.close()
    await #expect(throws: IntakeFault.self) { try await closed.perform { try Self.insert($0) } }
    #expect(try kept(store) == 0)
  }
}
