/// All work of an exhibition: jobs in an order in which each comes after those whose results it reads.
public struct Plan: Sendable {
  /// The jobs, each identity once.
  public private(set) var jobs: [Job] = []
  /// Jobs by what the exhibits call them. Several keys may lead to one job.
  public private(set) var identities: [Job.Key: String] = [:]
  /// Work that is known only when an earlier job is done.
  public private(set) var pending: [Pending] = []
  /// Classes that single models don't know, and that are left out for those.
  public private(set) var leftOut: [LeftOut] = []
  /// Methods that can't work with single models, and are left out for those.
  public private(set) var refusals: [Refusal] = []
  /// What the exhibition's units are, by model and address as they were written.
  public private(set) var units: [Written: Record.Target] = [:]
  /// What the author calls targets, by model and address as the model writes it.
  public private(set) var labels: [Written: String] = [:]
  private var places: [String: Int] = [:]
  /// For each model the classes left out for it.
  private var gaps: [String: Set<String>] = [:]

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
    /// Jobs that will take as long as those that follow; each stands for an equal part of them.
    public let examples: [Job]
  }

  /// A class that a model doesn't know.
  public struct LeftOut: Sendable, Equatable {
    /// The model's name in the exhibition.
    public let model: String
    /// The class's name in the exhibition.
    public let className: String
    /// What the model said, with names that it does know.
    public let reason: String

    /// A class that is left out for a model.
    public init(model: String, className: String, reason: String) {
      self.model = model
      self.className = className
      self.reason = reason
    }
  }

  /// A method that can't work with a model.
  public struct Refusal: Sendable, Equatable {
    /// The model's name in the exhibition.
    public let model: String
    /// The method's name in the exhibition.
    public let method: String
    /// Why, and what to do.
    public let reason: String
  }

  /// A unit as it was written.
  public struct Written: Hashable, Sendable {
    /// The model's name in the exhibition.
    public let model: String
    /// The address.
    public let address: String

    /// A unit as it was written.
    public init(model: String, address: String) {
      self.model = model
      self.address = address
    }
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

  /// What is known beside jobs.
  var withoutJobs: Plan {
    var plan = self
    (plan.jobs, plan.identities, plan.pending, plan.places) = ([], [:], [], [:])
    return plan
  }

  /// Adds what a plan that began as ``withoutJobs`` has now.
  mutating func add(_ other: Plan) {
    for job in other.jobs where places[job.identity] == nil {
      places[job.identity] = jobs.count
      jobs.append(job)
    }
    identities.merge(other.identities) { $1 }
    pending += other.pending
    for refusal in other.refusals { refuse(refusal) }
    for gap in other.leftOut where !isLeftOut(gap.className, in: gap.model) { leaveOut(gap) }
    units.merge(other.units) { $1 }
    labels.merge(other.labels) { $1 }
  }

  /// Notes what a unit of the exhibition is.
  public mutating func note(_ target: Record.Target, of unit: Written) { units[unit] = target }

  /// Notes what the author calls a target.
  public mutating func name(_ target: Written, _ label: String) { labels[target] = label }

  /// Notes a class that a model doesn't know.
  public mutating func leaveOut(_ gap: LeftOut) {
    leftOut.append(gap)
    gaps[gap.model, default: []].insert(gap.className)
  }

  /// Whether a class is left out for a model, because the model doesn't know it.
  public func isLeftOut(_ className: String, in model: String) -> Bool {
    gaps[model]?.contains(className) ?? false
  }

  /// Notes, once, that a method can't work with a model.
  public mutating func refuse(_ refusal: Refusal) {
    if self.refusal(of: refusal.method, for: refusal.model) == nil { refusals.append(refusal) }
  }

  /// Why a method is left out for a model; `nil` if it isn't.
  public func refusal(of method: String, for model: String) -> Refusal? {
    refusals.first { $0.method == method && $0.model == model }
  }

  /// Notes work that can't be named yet.
  public mutating func addPending(_ work: Pending) { pending.append(work) }
}
