/// Does jobs, one at a time, on one thread of the runner. It may keep what costs time to prepare.
public protocol Worker: AnyObject {
  /// Does a job. `progress` is told the part done, from 0 to 1, at least every second or so; it throws
  /// `CancellationError` when the run is to stop, and that must be thrown on.
  func perform(
    _ job: Job, threads: Int, progress: (Double) throws(CancellationError) -> Void
  ) throws -> Artifact
}

/// Where workers come from, and how much of the machine a job wants.
public protocol Workshop: Sendable {
  /// A new worker, for one thread.
  func makeWorker() -> any Worker
  /// How many of the cores a job is best done with.
  func threads(for job: Job, cores: Int) -> Int
}

/// What a job yields: what was found, and the files.
public struct Artifact: Sendable {
  /// What was found.
  public var payload: Record.Payload
  /// The files by name.
  public var files: [String: Store.NewFile]

  /// A result.
  public init(payload: Record.Payload, files: [String: Store.NewFile] = [:]) {
    self.payload = payload
    self.files = files
  }
}
