/// Whether participants answer the same when they see a trial again.
public struct RepeatReliability: Codable, Equatable, Sendable {
  /// How many answers were given twice.
  public let pairs: Int
  /// The share that was the same both times.
  public let sameShare: Double?
  /// The mean distance of ratings; `nil` for choices.
  public let meanDistance: Double?
  /// Cohen's kappa: quadratically weighted for ratings; unweighted for choices, right or wrong.
  public let kappa: Finding<Double>
  /// Spearman's correlation of ratings.
  public let correlation: Finding<Correlation>

  /// The repeated trials of a part.
  init(_ observations: [Observation], task: StudyPart.Task) {
    struct Shown: Hashable {
      let participant: String
      let target: String
      let method: String
      let picture: String?
    }
    func shown(_ observation: Observation) -> Shown {
      Shown(
        participant: observation.participant, target: observation.target, method: observation.method,
        picture: observation.picture)
    }
    let firsts = Dictionary(
      observations.filter { $0.kind == .main }.map { (shown($0), $0) },
      uniquingKeysWith: { first, _ in first })
    var (first, second) = ([Int](), [Int]())
    for again in observations where again.kind == .repeat {
      guard let a = firsts[shown(again)].flatMap(Self.code), let b = Self.code(again) else { continue }
      first.append(a)
      second.append(b)
    }
    pairs = first.count
    let distances = zip(first, second).map { abs(Double($0) - Double($1)) }
    sameShare = first.isEmpty ? nil : Double(distances.count { $0 == 0 }) / Double(first.count)
    meanDistance = task == .rating ? Sample.mean(distances) : nil
    kappa = Finding { () throws(Undefined) in
      try CohensKappa.value(first, second, weights: task == .rating ? .quadratic : .none)
    }
    correlation = Finding { () throws(Undefined) in
      guard task == .rating else { throw Undefined("it is computed for ratings only") }
      return try Correlation.spearman(first.map(Double.init), second.map(Double.init))
    }
  }

  private static func code(_ observation: Observation) -> Int? {
    switch observation.answer {
    case .rating(let value): value
    case .choice(let isRight, _): isRight ? 1 : 0
    case .word: nil
    }
  }
}
