import Foundation
import Support

/// Does the jobs of a plan that aren't done yet, and keeps the results in the store.
public struct Runner: Sendable {
  /// How to run.
  public struct Options: Sendable {
    /// Cores to use; 0 stands for all that this process may use.
    public var cores = 0
    /// Threads for each job; 0 leaves it to the size of the network.
    public var threads = 0
    /// How closely finished work is looked at.
    public var scrutiny = Store.Scrutiny.quick
    /// Which part of the jobs is this run's.
    public var shard: Shard?
    /// Only jobs whose identity starts so, with those that they need.
    public var only: String?

    /// The usual way: all cores, threads by the network's size.
    public init() {}
  }

  private let store: Store
  private let workshop: any Workshop
  private let options: Options
  private let plan: @Sendable () throws -> Plan

  /// A runner for a plan that is asked for again whenever a job is done that opens others.
  public init(
    store: Store, workshop: any Workshop, options: Options = Options(),
    plan: @escaping @Sendable () throws -> Plan
  ) {
    self.store = store
    self.workshop = workshop
    self.options = options
    self.plan = plan
  }

  /// Runs until everything is done that can be done, or `cancellation` says stop.
  ///
  /// - Parameters:
  ///   - watch: is given a closure that tells the run's status at any time.
  ///   - report: is told what happens, from any thread.
  /// - Throws: what makes further work pointless: a store that can't be written, a plan that can't be made.
  public func run(
    cancellation: Cancellation = Cancellation(),
    watch: (@escaping @Sendable () -> RunStatus) -> Void = { _ in },
    report: @escaping @Sendable (RunEvent) -> Void = { _ in }
  ) throws -> RunSummary {
    let plan = try plan()
    let wanted = Selection(options, plan)
    var missing: [Job] = []
    var finished: Set<String> = []
    var estimate = Estimate()
    for job in plan.jobs {
      switch store.state(of: job.identity, scrutiny: options.scrutiny) {
      case .done(let record):
        finished.insert(job.identity)
        estimate.learn(job, seconds: record.seconds)
      case .damaged(let reason):
        report(.damaged(job, reason))
        try store.remove(job.identity)
        if wanted.includes(job) { missing.append(job) }
      case .missing, .failed:
        if wanted.includes(job) { missing.append(job) }
      }
    }
    guard !missing.isEmpty else { return RunSummary(already: finished.count) }
    store.removeLeftovers()
    try AtomicFile.makeFolder(store.folder)
    let cores = options.cores > 0 ? options.cores : Cores.available
    let schedule = Schedule(jobs: missing, finished: finished, estimate: estimate, cores: cores) { job in
      options.threads > 0 ? options.threads : workshop.threads(for: job, cores: cores)
    }
    watch { schedule.status }
    let hand = RunHand(
      store: store, schedule: schedule, cancellation: cancellation, report: report,
      jobs: { try self.plan().jobs.filter(wanted.includes) })
    Crew.run(count: min(cores, missing.count + 1)) { hand.work(with: workshop.makeWorker()) }
    return try schedule.result()
  }
}

/// Which jobs are a run's.
struct Selection: Sendable {
  private let shard: Shard?
  /// Identities of the jobs asked for and of those that they need; `nil` for all.
  private let chosen: Set<String>?

  init(_ options: Runner.Options, _ plan: Plan) {
    shard = options.shard
    guard let only = options.only else {
      chosen = nil
      return
    }
    var chosen: Set<String> = []
    var open = plan.jobs.filter { $0.identity.hasPrefix(only) }
    while let job = open.popLast() {
      if chosen.insert(job.identity).inserted { open += job.recipe.inputs.compactMap { plan[$0] } }
    }
    self.chosen = chosen
  }

  func includes(_ job: Job) -> Bool {
    if let chosen, !chosen.contains(job.identity) { return false }
    return shard?.includes(job.identity) ?? true
  }
}
