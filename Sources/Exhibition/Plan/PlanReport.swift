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
    /// How long it took, or will take; `nil` if nothing like it was done.
    public let seconds: Double?
    /// Whether it is done.
    public let isDone: Bool
  }

  /// The jobs in the plan's order.
  public private(set) var lines: [Line] = []
  /// Work that is known only when an earlier job is done.
  public let pending: [Plan.Pending]
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
  /// What those with an estimate take on this machine; `nil` if there are none.
  public private(set) var secondsLeft: Double?

  /// Plans an exhibition and looks its jobs up.
  public init(exhibition: Exhibition, store: Store, scrutiny: Store.Scrutiny = .quick) throws {
    let planner = Planner(exhibition: exhibition, store: store)
    let plan = try planner.plan()
    pending = plan.pending
    let states = plan.jobs.map { store.state(of: $0.identity, scrutiny: scrutiny) }
    var estimate = Estimate()
    for (job, state) in zip(plan.jobs, states) {
      if let record = state.record { estimate.learn(job, seconds: record.seconds) }
    }
    let workshop = ExhibitionWorkshop(planner)
    let cores = Cores.available
    var coreSeconds = 0.0
    for (job, state) in zip(plan.jobs, states) {
      let guess = estimate.seconds(for: job)
      let word: String
      var seconds = guess
      switch state {
      case .done(let record):
        (word, seconds) = ("done", record.seconds)
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
      if state.record == nil {
        if let guess {
          coreSeconds += guess * Double(workshop.threads(for: job, cores: cores))
          secondsLeft = coreSeconds / Double(cores)
        } else {
          unknown += 1
        }
      }
      lines.append(
        Line(
          identity: job.identity, state: word, title: job.title, seconds: seconds, isDone: state.record != nil
        ))
    }
  }
}
