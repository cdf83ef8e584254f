/// All work of an exhibition: jobs in an order in which each comes after those whose results it reads.
public struct Plan: Sendable {
  /// The jobs, each identity once.
  public private(set) var jobs: [Job] = []
  /// Jobs by what the exhibits call them. Several keys may lead to one job.
  public private(set) var identities: [Job.Key: String] = [:]
  /// Work that is known only when an earlier job is done.
  public private(set) var pending: [Pending] = []
  private var places: [String: Int] = [:]

  /// Work that an unfinished job opens.
  public struct Pending: Sendable, Equatable {
    /// The job that must be done first.
    public let parent: String
    /// The kind of the jobs that follow.
    public let kind: Record.Kind
    /// How many there will be.
    public let count: Int
    /// What they will be, for a reader.
    public let title: String
  }

  /// An empty plan.
  public init() {}

  /// The job of an identity.
  public subscript(identity: String) -> Job? { places[identity].map { jobs[$0] } }

  /// The job that an exhibit calls by a key.
  public subscript(key: Job.Key) -> Job? { identities[key].flatMap { self[$0] } }

  /// Adds a job under a key; a job that is there already gets the key as well.
  public mutating func add(_ job: Job, as key: Job.Key) {
    identities[key] = job.identity
    guard places[job.identity] == nil else { return }
    places[job.identity] = jobs.count
    jobs.append(job)
  }

  /// Notes work that can't be named yet.
  public mutating func addPending(_ work: Pending) { pending.append(work) }
}
