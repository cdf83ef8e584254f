import Foundation
import Support

/// What each worker of a run does: takes jobs, does them, keeps the results.
struct RunHand: Sendable {
  let store: Store
  let schedule: Schedule
  let cancellation: Cancellation
  let report: @Sendable (RunEvent) -> Void
  /// All jobs of the run as far as they are known now.
  let jobs: @Sendable () throws -> [Job]

  func work(with worker: any Worker) {
    while let assignment = schedule.next() {
      do {
        try cancellation.check()
        try perform(assignment, worker)
      } catch is CancellationError {
        schedule.stop(assignment, nil)
      } catch let error as RunError {
        schedule.stop(assignment, error.cause)
      } catch {
        fail(assignment, error)
      }
    }
  }

  private func perform(_ assignment: Schedule.Assignment, _ worker: any Worker) throws {
    let job = assignment.job
    // Another run on the same store may have done it in the meantime.
    if store.record(job.identity) != nil {
      _ = schedule.done(assignment, seconds: nil, opened: try opened(by: job))
      return
    }
    let start = ContinuousClock.now
    let artifact = try worker.perform(job, threads: assignment.threads) {
      fraction throws(CancellationError) in
      try cancellation.check()
      schedule.progress(assignment.slot, fraction)
    }
    let seconds = Double((ContinuousClock.now - start) / .milliseconds(1)) / 1000
    let record = self.record(job, seconds: seconds, payload: artifact.payload, failure: nil)
    do { try store.write(record, files: artifact.files) } catch { throw RunError(cause: error) }
    let opened = try opened(by: job)
    report(.done(job, seconds: seconds))
    let count = schedule.done(assignment, seconds: seconds, opened: opened)
    if count > 0 { report(.opened(count: count, by: job)) }
  }

  /// Circuits, concepts and the facets of neurons open the visualizations of what they found.
  private func opened(by job: Job) throws -> [Job] {
    let opens =
      switch job.kind {
      case .concept: true
      // The classes that a channel serves are a circuit the other way round, which opens nothing.
      case .circuit: job.recipe.target.kind == .classLogit
      case .facets: job.recipe.target.classIndex == nil
      default: false
      }
    guard opens else { return [] }
    do { return try jobs() } catch { throw RunError(cause: error) }
  }

  private func fail(_ assignment: Schedule.Assignment, _ error: any Error) {
    let message = Message.of(error)
    let record = self.record(assignment.job, seconds: 0, payload: nil, failure: message)
    do {
      try store.write(record, files: [:])
      report(.failed(assignment.job, message))
      schedule.failed(assignment, message)
    } catch {
      schedule.stop(assignment, error)
    }
  }

  private func record(_ job: Job, seconds: Double, payload: Record.Payload?, failure: String?) -> Record {
    Record(
      identity: job.identity, kind: job.kind, recipe: job.recipe, command: job.command, files: [:],
      seconds: seconds, created: Date().formatted(.iso8601), version: Version.vitrine, payload: payload,
      failure: failure)
  }
}

/// An error after which no job can be done.
struct RunError: Error {
  let cause: any Error
}
