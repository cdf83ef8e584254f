/// How long jobs take, learned from records of like jobs.
///
/// Alike are jobs of one kind on one model by one method with the same settings; their targets and seeds differ,
/// and the time doesn't depend on those. Where there are none, jobs of the same model and method with other settings
/// say at least something.
struct Estimate: Sendable {
  private var seconds: [String: (sum: Double, count: Int)] = [:]

  /// Learns from a finished job.
  mutating func learn(_ job: Job, seconds value: Double) {
    for key in Self.keys(job) {
      let old = seconds[key] ?? (0, 0)
      seconds[key] = (old.sum + value, old.count + 1)
    }
  }

  /// The time of a job with the threads that it will have; `nil` if nothing like it was done.
  func seconds(for job: Job) -> Double? {
    for key in Self.keys(job) {
      if let known = seconds[key] { return known.sum / Double(known.count) }
    }
    return nil
  }

  /// What makes jobs alike, closest first.
  private static func keys(_ job: Job) -> [String] {
    let recipe = job.recipe
    let kind = "\(job.kind.rawValue) \(recipe.target.kind.rawValue)"
    let method = "\(recipe.weightsHash) \(recipe.method ?? "")"
    let settings = recipe.settings.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(
      separator: " ")
    return ["\(kind) \(method) \(recipe.precision) \(settings)", "\(job.kind.rawValue) \(method)"]
  }
}
