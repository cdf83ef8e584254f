/// How far a run has come, for those who wait for it.
public struct RunStatus: Sendable, Equatable {
  /// Jobs done in this run.
  public var done = 0
  /// Jobs failed in this run.
  public var failed = 0
  /// Jobs that were done before.
  public var already = 0
  /// Jobs still to do, those that run now included.
  public var left = 0
  /// Part of this run's work that is done, from 0 to 1.
  public var fraction = 0.0
  /// Seconds that the rest will take; `nil` while nothing is known.
  public var secondsLeft: Double?
  /// The jobs that run now and the part of each that is done.
  public var running: [Running] = []

  /// A job that runs now.
  public struct Running: Sendable, Equatable {
    /// What it is.
    public var title: String
    /// The part of it that is done.
    public var fraction: Double
  }
}

/// What happens in a run.
public enum RunEvent: Sendable {
  /// A job is done.
  case done(Job, seconds: Double)
  /// A job failed, and why.
  case failed(Job, String)
  /// An entry of the store can't be trusted and will be made again.
  case damaged(Job, String)
  /// Work that became known when a job was done.
  case opened(count: Int, by: Job)
}

/// How a run ended.
public struct RunSummary: Sendable, Equatable {
  /// Jobs done in this run.
  public var done = 0
  /// Jobs that were done before.
  public var already = 0
  /// The jobs that failed, and why, in the plan's order.
  public var failures: [Failure] = []
  /// Jobs that were left: stopped before, waiting for failed ones, or another shard's.
  public var left = 0
  /// Whether the run was told to stop.
  public var isInterrupted = false

  /// A job that failed.
  public struct Failure: Sendable, Equatable {
    /// What it is.
    public var title: String
    /// Why it failed.
    public var message: String
  }
}
