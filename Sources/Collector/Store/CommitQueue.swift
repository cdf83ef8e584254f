import GRDB
import Synchronization

/// Brings what concurrent requests write to disk together: one transaction, and one wait for the disk, for all that came
/// while the last one was written. Nobody is answered before the commit that has their answers.
final class CommitQueue: Sendable {
  /// What a request does in the transaction. It gives what is to be done with the outcome of the commit, and the fault of
  /// the database if there was one.
  private typealias Job =
    @Sendable (Database) -> (finish: @Sendable (IntakeFault?) -> Void, fault: DatabaseError?)

  private struct State {
    var waiting: [(job: Job, refuse: @Sendable (IntakeFault) -> Void)] = []
    var isWriting = false
    var isClosed = false
    var lastFault: String?
  }

  private let store: AnswerStore
  private let capacity: Int
  private let state = Mutex(State())
  private static let largestGroup = 256

  /// A queue that holds at most `capacity` requests.
  init(_ store: AnswerStore, capacity: Int) {
    self.store = store
    self.capacity = capacity
  }

  /// What went wrong with the last commit; `nil` if nothing did.
  var lastFault: String? { state.withLock { $0.lastFault } }

  /// Does some work in a transaction and returns its result when that is on disk. What the work throws undoes its own changes
  /// and nobody else's. Throws ``IntakeFault`` also if the disk is full or there is too much to do.
  func perform<Value: Sendable>(
    _ work: @escaping @Sendable (Database) throws -> Value
  ) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      let job: Job = { database in
        do {
          var value: Value?
          try database.inSavepoint {
            value = try work(database)
            return .commit
          }
          let result = value
          return (
            { fault in
              if let result, fault == nil {
                continuation.resume(returning: result)
              } else {
                continuation.resume(throwing: fault ?? .storage("no result"))
              }
            }, nil
          )
        } catch let error as DatabaseError {
          let fault = IntakeFault(error)
          return ({ continuation.resume(throwing: $0 ?? fault) }, error)
        } catch {
          return ({ continuation.resume(throwing: $0 ?? error) }, nil)
        }
      }
      enqueue(job) { continuation.resume(throwing: $0) }
    }
  }

  /// Takes no more requests; those that wait are done.
  func close() { state.withLock { $0.isClosed = true } }

  private func enqueue(_ job: @escaping Job, refuse: @escaping @Sendable (IntakeFault) -> Void) {
    enum Decision { case wait, write, refuse(IntakeFault) }
    let decision = state.withLock { state -> Decision in
      guard !state.isClosed else { return .refuse(.storage("the collector is stopping")) }
      guard state.waiting.count < capacity else { return .refuse(.busy) }
      state.waiting.append((job, refuse))
      guard !state.isWriting else { return .wait }
      state.isWriting = true
      return .write
    }
    switch decision {
    case .wait: break
    case .write: store.database.asyncWriteWithoutTransaction { self.drain($0) }
    case .refuse(let fault): refuse(fault)
    }
  }

  private func drain(_ database: Database) {
    while true {
      let group = state.withLock { state in
        let group = Array(state.waiting.prefix(Self.largestGroup))
        state.waiting.removeFirst(group.count)
        if group.isEmpty { state.isWriting = false }
        return group
      }
      guard !group.isEmpty else { return }
      write(group.map(\.job), group.map(\.refuse), database)
    }
  }

  private func write(_ jobs: [Job], _ refusals: [@Sendable (IntakeFault) -> Void], _ database: Database) {
    var finishes: [@Sendable (IntakeFault?) -> Void] = []
    var fault: IntakeFault?
    var told: DatabaseError?
    do {
      try database.beginTransaction(.immediate)
      for job in jobs {
        let outcome = job(database)
        finishes.append(outcome.finish)
        if let error = outcome.fault {
          told = error
          // A full disk may take the whole transaction back (https://www.sqlite.org/lang_transaction.html); then nothing of
          // the group is kept, and nobody may be told so.
          guard database.isInsideTransaction else { throw error }
        }
      }
      try database.commit()
    } catch {
      if database.isInsideTransaction { try? database.rollback() }
      told = error as? DatabaseError
      fault = told.map { IntakeFault($0) } ?? .storage("\(error)")
    }
    let message = told.map(\.description) ?? fault.map { "\($0)" }
    state.withLock { $0.lastFault = message }
    for finish in finishes { finish(fault) }
    for refuse in refusals.dropFirst(finishes.count) { refuse(fault ?? .storage("not written")) }
  }
}
