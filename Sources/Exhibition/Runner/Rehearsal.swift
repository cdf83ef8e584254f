import Attribution
import Foundation
import Models
import Tensor
import Visualization

/// Guesses how long jobs will take of which no like one is done: makes a few steps of each method on each network,
/// and counts the rest in passes through the network.
///
/// What was measured is kept with the store, so that only the first plan takes the time. Finished jobs say more:
/// ask ``Estimate`` first.
struct Rehearsal {
  /// How a method goes on a network.
  struct Pace: Codable, Equatable {
    /// Seconds until the first step is done.
    var start: Double
    /// Seconds of each further step.
    var step: Double
  }

  private let planner: Planner
  private let threads: (Job) -> Int
  private var paces: [String: Pace] = [:]
  /// By model: seconds of one picture's way forward and back.
  private var passes: [String: Double] = [:]
  /// Jobs that look at all patches of pictures; others of the same layer find it done.
  private var searches: Set<String> = []
  /// Seconds of a pass for each operation of the network, over what was measured.
  private var secondsPerWork: Double?

  /// Measures what jobs need, cheapest networks first, until `budget` seconds are spent; what is left is scaled by
  /// the networks' sizes. At least one method is measured.
  init(_ jobs: [Job], planner: Planner, budget: Double = 1.2, threads: @escaping (Job) -> Int) {
    self.planner = planner
    self.threads = threads
    var wanted: [(key: String, job: Job, work: Double)] = []
    var seen: Set<String> = []
    var searched: Set<String> = []
    for job in jobs where job.kind == .references && searched.insert(Self.search(job)).inserted {
      searches.insert(job.identity)
    }
    for job in jobs where job.kind == .visualization {
      let key = Self.key(job, threads: threads(job))
      guard seen.insert(key).inserted, let facts = try? planner.library.facts(job.recipe.model) else {
        continue
      }
      wanted.append((key, job, facts.work))
    }
    var spent = 0.0
    for entry in wanted.sorted(by: { $0.work < $1.work }) where paces.isEmpty || spent < budget {
      let began = ContinuousClock.now
      if let pace = pace(entry.job, key: entry.key) {
        paces[entry.key] = pace
        let pass = pace.step / Self.pictures(entry.job)
        let model = entry.job.recipe.model
        passes[model] = min(passes[model] ?? pass, pass)
        if entry.work > 0 { secondsPerWork = min(secondsPerWork ?? .infinity, pass / entry.work) }
      }
      spent += Double((ContinuousClock.now - began) / .microseconds(1)) / 1e6
    }
    if !paces.isEmpty { planner.cache.save() }
  }

  /// About how long a job will take with the threads that it gets; `nil` if nothing is known.
  func seconds(for job: Job) -> Double? {
    guard let pass = pass(job) else { return nil }
    // Decoding and preparing a natural picture, writing a result: small beside a network, but not nothing.
    let picture = 0.002
    let forward = pass / 2.5 + picture
    let count = Double(job.sources.count)
    switch (job.kind, job.recipe.target.kind) {
    case (.visualization, _):
      let steps = Self.steps(job)
      guard steps > 0 else { return nil }
      let pace =
        paces[Self.key(job, threads: threads(job))]
        ?? Pace(start: 10 * pass, step: pass * Self.pictures(job))
      return pace.start + (steps - 1) * pace.step
    case (.adversarial, _):
      return Double(max(1, job.recipe.count("steps")) * max(1, job.recipe.count("searches"))) * pass
    case (.interpolation, _):
      return Self.steps(job) * pass * Self.pictures(job) * Double(job.recipe.target.ends?.count ?? 1)
    case (.facets, _): return count * forward
    case (.circuit, _), (.concept, _): return count * (pass + forward)
    // Forward, forward by the rules, and back.
    case (.attribution, _): return Double(job.recipe.count("show")) * (2 * pass + picture)
    case (.references, .classLogit): return Double(job.recipe.count("show")) * picture
    case (.references, _):
      guard searches.contains(job.identity) else { return Double(job.recipe.count("show")) * picture }
      let patches = PatchGrid().count(InputSpecification(size: job.recipe.size ?? 224))
      return count * (Double(patches) * pass / 2.5 + picture)
    case (.evaluation, .model): return count * forward
    case (.evaluation, _): return forward
    }
  }

  /// What the search for a unit's patches has in common with that for others.
  private static func search(_ job: Job) -> String {
    let recipe = job.recipe
    let layer = recipe.target.kind == .channel ? recipe.target.layer : nil
    return
      "\(recipe.model) \(recipe.referencesHash ?? "") \(recipe.precision) \(layer ?? recipe.target.address)"
  }

  /// Seconds of one picture's way forward and back in a job's model: measured, or by its size.
  private func pass(_ job: Job) -> Double? {
    if let known = passes[job.recipe.model] { return known }
    guard let secondsPerWork, let facts = try? planner.library.facts(job.recipe.model) else { return nil }
    return secondsPerWork * facts.work
  }

  /// How many pictures a method shows the network in each step.
  private static func pictures(_ job: Job) -> Double {
    Double(max(1, job.recipe.count("batch"), job.recipe.count("crops")))
  }

  /// All steps of a job, as so many at full size: at half the size a step is a quarter of the work, and sizes in
  /// eighths of the whole take the squares of these.
  private static func steps(_ job: Job) -> Double {
    let steps = Double(job.recipe.count("steps"))
    let sizes = job.recipe.count("sizes")
    let squares = (0..<max(1, sizes)).reduce(0) { $0 + (8 - $1) * (8 - $1) }
    return steps * Double(squares) / 64 + Double(job.recipe.count("coarse_steps")) / 4
  }

  /// What decides the pace; the number of steps, the target and the seed don't.
  private static func key(_ job: Job, threads: Int) -> String {
    let recipe = job.recipe
    let settings = recipe.settings.filter { $0.key != "steps" }.sorted { $0.key < $1.key }
      .map { "\($0.key)=\($0.value)" }.joined(separator: " ")
    return "\(recipe.weightsHash) \(recipe.method ?? "") \(recipe.precision) \(threads) \(settings)"
  }

  // MARK: Measuring

  private func pace(_ job: Job, key: String) -> Pace? {
    let fingerprint = "\(ModelLibrary.program) \(Cores.available)"
    return try? planner.cache.fact("pace \(key)", fingerprint: fingerprint) {
      try measure(job, threads: threads(job))
    }
  }

  /// A few steps towards a class, on noise instead of natural pictures: neither changes the pace.
  private func measure(_ job: Job, threads: Int) throws -> Pace {
    let model = try planner.library.model(job.recipe.model)
    var settings = job.recipe.settings
    settings["steps"] = .number(6)
    // Full size alone.
    if settings["sizes"] != nil { settings["sizes"] = .number(1) }
    if settings["coarse_steps"] != nil { settings["coarse_steps"] = .number(0) }
    if settings["spectrum"] != nil { settings["spectrum"] = .text("1/f") }
    let method = try Methods.named(job.recipe.method ?? "").init(model: model, overrides: Settings(settings))
    var noise = [Float](repeating: 0, count: model.input.size * model.input.size * model.input.mean.count)
    var random = RandomSource(seed: 0, label: "rehearsal")
    for index in noise.indices { noise[index] = Float(random.uniform()) }
    var request = VisualizationRequest(model: model, target: .classLogit(0), references: [noise])
    request.threads = threads
    request.precision = .init(rawValue: job.recipe.precision) ?? .float32
    let began = ContinuousClock.now
    var times: [Double] = []
    do {
      _ = try method.visualize(request) { (_) throws(CancellationError) in
        times.append(Double((ContinuousClock.now - began) / .microseconds(1)) / 1e6)
        // A few steps tell enough of a large network, two of a very large one.
        let seconds = times.last ?? 0
        if times.count > 2, seconds > 0.3 { throw CancellationError() }
        if times.count > 1, seconds > 1 { throw CancellationError() }
      }
    } catch is CancellationError {}
    // The quickest step is the least disturbed: others share the machine, and a step waits for them now and then.
    guard let first = times.first, let step = zip(times.dropFirst(), times).map({ $0 - $1 }).min() else {
      throw WorkError(reason: "too few steps to measure")
    }
    return Pace(start: first, step: step)
  }
}
