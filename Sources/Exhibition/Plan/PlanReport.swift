/// What `vitrine plan` shows.
public struct PlanReport: Sendable {
  /// A job's line.
  public struct Line: Sendable, Equatable {
    /// The job's identity.
    public let identity: String
    /// `done`, `missing`, `failed` or `damaged`.
    public let state: String
    /// What it is.
    public let title: String
    /// How long it took, or will take; `nil` if nothing is known.
    public let seconds: Double?
    /// Whether it is done.
    public let isDone: Bool
  }

  /// The jobs in the plan's order.
  public private(set) var lines: [Line] = []
  /// Work that is known only when an earlier job is done.
  public let pending: [Plan.Pending]
  /// Classes that single models don't know.
  public let leftOut: [Plan.LeftOut]
  /// Methods that can't work with single models.
  public let refusals: [Plan.Refusal]
  /// How many jobs are done.
  public private(set) var done = 0
  /// How many failed.
  public private(set) var failed = 0
  /// How many are to do.
  public private(set) var missing = 0
  /// How many will follow from those.
  public var later: Int { pending.reduce(0) { $0 + $1.count } }
  /// How many jobs to do have no estimate.
  public private(set) var unknown = 0
  /// What those with an estimate take on this machine, with what follows from them; `nil` if there are none.
  public private(set) var secondsLeft: Double?
  /// Whether some of it was guessed from a few steps, because nothing like it was done yet.
  public private(set) var isRehearsed = false

  /// Plans an exhibition and looks its jobs up.
  public init(exhibition: Exhibition, store: Store, scrutiny: Store.Scrutiny = .quick) throws {
    let planner = Planner(exhibition: exhibition, store: store)
    let plan = try planner.plan()
    pending = plan.pending
    leftOut = plan.leftOut
    refusals = plan.refusals
    let states = plan.jobs.map { store.state(of: $0.identity, scrutiny: scrutiny) }
    var estimate = Estimate()
    for (job, state) in zip(plan.jobs, states) {
      if let record = state.record { estimate.learn(job, seconds: record.seconds) }
    }
    let workshop = ExhibitionWorkshop(planner)
    let cores = Cores.available
    let threads = { (job: Job) in workshop.threads(for: job, cores: cores) }
    let open = zip(plan.jobs, states).filter { $0.1.record == nil }.map(\.0) + pending.flatMap(\.examples)
    let rehearsal = Rehearsal(
      open.filter { estimate.seconds(for: $0) == nil }, planner: planner, threads: threads)
    var coreSeconds = 0.0
    var hasGuess = false
    /// Counts what is to do; returns its time if it can be told.
    func add(_ job: Job, times: Double = 1) -> Double? {
      let known = estimate.seconds(for: job)
      guard let seconds = known ?? rehearsal.seconds(for: job) else { return nil }
      if known == nil { hasGuess = true }
      coreSeconds += times * seconds * Double(threads(job))
      return seconds
    }
    for (job, state) in zip(plan.jobs, states) {
      let word: String
      let seconds: Double?
      if let record = state.record {
        seconds = record.seconds
      } else {
        seconds = add(job)
        if seconds == nil { unknown += 1 }
      }
      switch state {
      case .done:
        word = "done"
        done += 1
      case .failed:
        word = "failed"
        failed += 1
      case .missing:
        word = "missing"
        missing += 1
      case .damaged:
        word = "damaged"
        missing += 1
      }
      lines.append(
        Line(
          identity: job.identity, state: word, title: job.title, seconds: seconds, isDone: state.record != nil
        ))
    }
    for work in pending {
      for example in work.examples {
        _ = add(example, times: Double(work.count) / Double(work.examples.count))
      }
    }
    if coreSeconds > 0 { secondsLeft = coreSeconds / Double(cores) }
    isRehearsed = hasGuess
  }
}
