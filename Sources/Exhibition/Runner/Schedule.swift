import Foundation

/// Which job runs next: shared by the workers of a run, guarded by one lock.
///
/// A job may run when the jobs whose results it reads are done and enough cores are free. Jobs are taken in the
/// plan's order. When no job can run any more and none is running, what remains is left.
final class Schedule: @unchecked Sendable {
  struct Assignment {
    let job: Job
    let threads: Int
    let slot: Int
  }

  private let condition = NSCondition()
  private let cores: Int
  private let threads: (Job) -> Int
  private var freeCores: Int
  private var waiting: [Job]
  private var finished: Set<String>
  private var known: Set<String>
  private var running: [Int: (job: Job, threads: Int, fraction: Double, began: ContinuousClock.Instant)] = [:]
  private var estimate: Estimate
  private var summary: RunSummary
  private var workDone = 0.0
  private var nextSlot = 0
  private var isStopped = false
  private var fatal: (any Error)?

  init(
    jobs: [Job], finished: Set<String>, estimate: Estimate, cores: Int, threads: @escaping (Job) -> Int
  ) {
    self.cores = cores
    self.threads = threads
    self.estimate = estimate
    self.finished = finished
    freeCores = cores
    waiting = jobs
    known = finished.union(jobs.map(\.identity))
    summary = RunSummary(already: finished.count)
  }

  /// The next job for a worker; waits for one. `nil` when there is nothing more to do.
  func next() -> Assignment? {
    condition.lock()
    defer { condition.unlock() }
    while !isStopped {
      if let place = waiting.firstIndex(where: { finished.isSuperset(of: $0.recipe.inputs) }) {
        let wanted = min(cores, max(1, threads(waiting[place])))
        if wanted <= freeCores {
          let job = waiting.remove(at: place)
          freeCores -= wanted
          nextSlot += 1
          running[nextSlot] = (job, wanted, 0, .now)
          return Assignment(job: job, threads: wanted, slot: nextSlot)
        }
      } else if running.isEmpty {
        break
      }
      condition.wait()
    }
    condition.broadcast()
    return nil
  }

  func progress(_ slot: Int, _ fraction: Double) {
    condition.lock()
    running[slot]?.fraction = fraction
    condition.unlock()
  }

  /// Notes a finished job and the jobs that it opened.
  func done(_ assignment: Assignment, seconds: Double?, opened: [Job]) -> Int {
    condition.lock()
    defer { condition.unlock() }
    free(assignment.slot)
    finished.insert(assignment.job.identity)
    if let seconds {
      summary.done += 1
      estimate.learn(assignment.job, seconds: seconds)
      workDone += seconds * Double(assignment.threads)
    } else {
      summary.already += 1
    }
    let new = opened.filter { known.insert($0.identity).inserted }
    waiting += new
    condition.broadcast()
    return new.count
  }

  func failed(_ assignment: Assignment, _ message: String) {
    condition.lock()
    free(assignment.slot)
    summary.failures.append(RunSummary.Failure(title: assignment.job.title, message: message))
    condition.broadcast()
    condition.unlock()
  }

  /// Ends the run: nothing new is begun. With an error, that is what the run throws.
  func stop(_ assignment: Assignment?, _ error: (any Error)?) {
    condition.lock()
    if let assignment {
      waiting.append(assignment.job)
      free(assignment.slot)
    }
    isStopped = true
    if error == nil { summary.isInterrupted = true }
    if fatal == nil { fatal = error }
    condition.broadcast()
    condition.unlock()
  }

  /// The end, after all workers have left.
  func result() throws -> RunSummary {
    condition.lock()
    defer { condition.unlock() }
    if let fatal { throw fatal }
    summary.left = waiting.count
    return summary
  }

  var status: RunStatus {
    condition.lock()
    defer { condition.unlock() }
    var status = RunStatus(
      done: summary.done, failed: summary.failures.count, already: summary.already,
      left: waiting.count + running.count)
    status.running = running.sorted { $0.key < $1.key }.map {
      RunStatus.Running(title: $0.value.job.title, fraction: $0.value.fraction)
    }
    var known = 0.0
    var unknown = 0
    for job in waiting {
      if let seconds = estimate.seconds(for: job) {
        known += seconds * Double(threads(job))
      } else {
        unknown += 1
      }
    }
    for entry in running.values {
      let elapsed = Double((ContinuousClock.now - entry.began) / .milliseconds(1)) / 1000
      // The job's own pace says more than others once it has run a while.
      let total = entry.fraction > 0.02 ? elapsed / entry.fraction : estimate.seconds(for: entry.job)
      guard let total else {
        unknown += 1
        continue
      }
      known += max(0, total - elapsed) * Double(entry.threads)
    }
    // Jobs of an unknown kind are taken to be as long as the average of those that are known.
    let count = status.left - unknown
    if count > 0 || summary.done > 0 {
      let mean = count > 0 ? known / Double(count) : workDone / Double(max(1, summary.done))
      let left = known + mean * Double(unknown)
      status.secondsLeft = left / Double(cores)
      let made = workDone + running.values.reduce(0) { $0 + $1.fraction * mean }
      status.fraction = made + left > 0 ? made / (made + left) : 0
    }
    return status
  }

  private func free(_ slot: Int) {
    if let entry = running.removeValue(forKey: slot) { freeCores += entry.threads }
  }
}
