/// What an exhibition has to show: its plan beside what the store holds. The gallery reads results through it.
public struct Catalogue: Sendable {
  /// The exhibition.
  public let exhibition: Exhibition
  /// Its jobs.
  public let plan: Plan
  /// Where the results are.
  public let store: Store
  /// What is known of each job, by identity.
  public let states: [String: Store.State]
  /// What is known of each model, by its name in the exhibition.
  public let models: [String: ModelFacts]
  private let judges: [String: [String: String]]

  /// Plans an exhibition and looks all its jobs up. Throws ``ConfigurationError`` for what the models don't know,
  /// and errors of files.
  public init(exhibition: Exhibition, store: Store) throws {
    let planner = Planner(exhibition: exhibition, store: store)
    self.init(
      exhibition: exhibition, plan: try planner.plan(), store: store, models: try planner.modelFacts())
  }

  /// Looks all jobs of a plan up.
  public init(
    exhibition: Exhibition, plan: Plan, store: Store, models: [String: ModelFacts],
    scrutiny: Store.Scrutiny = .quick
  ) {
    self.models = models
    self.exhibition = exhibition
    self.plan = plan
    self.store = store
    var states: [String: Store.State] = [:]
    states.reserveCapacity(plan.jobs.count)
    for (job, state) in zip(plan.jobs, store.states(of: plan.jobs, scrutiny: scrutiny)) {
      states[job.identity] = state
    }
    self.states = states
    var judges: [String: [String: String]] = [:]
    for (key, identity) in plan.identities {
      guard case .picture(let picture, let file) = key.subject else { continue }
      judges["\(picture)/\(file)", default: [:]][key.model] = identity
    }
    self.judges = judges
  }

  /// What is known of the job that an exhibit calls by a key; `nil` if there is no such job.
  public func state(_ key: Job.Key) -> Store.State? { plan.identities[key].flatMap { states[$0] } }

  /// The result that an exhibit calls by a key; `nil` if it isn't there.
  public func record(_ key: Job.Key) -> Record? { state(key)?.record }

  /// A picture of a target by a method of the exhibition.
  public func visualization(
    _ subject: Job.Subject, model: String, method: String, seed: UInt64
  ) -> Record? {
    record(Job.Key(kind: .visualization, model: model, subject: subject, method: method, seed: seed))
  }

  /// What is known of a picture of a target by a method of the exhibition; `nil` if it isn't planned.
  public func visualizationState(
    _ subject: Job.Subject, model: String, method: String, seed: UInt64
  ) -> Store.State? {
    state(Job.Key(kind: .visualization, model: model, subject: subject, method: method, seed: seed))
  }

  /// What each model says of a finished picture, by the models' names. The picture is a file of the job with
  /// the identity `picture`.
  public func judgements(of picture: String, file: String = "picture.png") -> [String: Record.Judgement] {
    (judges["\(picture)/\(file)"] ?? [:]).compactMapValues { states[$0]?.record?.judgement }
  }

  /// Natural pictures of a class as they are shown (made for the first model that knows it), or the patches
  /// that excite a model's channel most.
  public func references(_ subject: Job.Subject, model: String) -> Record? {
    record(Job.Key(kind: .references, model: model, subject: subject))
  }

  /// A model's accuracy on the references.
  public func accuracy(model: String) -> Record? {
    record(Job.Key(kind: .evaluation, model: model, subject: .model))
  }

  /// How many jobs are done, failed, and still to do.
  public var counts: (done: Int, failed: Int, missing: Int) {
    var counts = (done: 0, failed: 0, missing: 0)
    for state in states.values {
      switch state {
      case .done: counts.done += 1
      case .failed: counts.failed += 1
      case .missing, .damaged: counts.missing += 1
      }
    }
    return counts
  }
}
