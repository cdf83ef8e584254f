/// How many participants a study needs: pilot participants are drawn again and again, and each drawn study is tested as the
/// real one will be.
///
/// The effect is taken to be as large as in the pilot, which for a small pilot is often too hopeful; `shrinkage` makes it
/// smaller.
public struct PowerSimulation: Codable, Equatable, Sendable {
  /// Numbers of participants, and what they would find.
  public let sizes: [Size]
  /// How many pilot participants were drawn from.
  public let pilot: Int
  /// Studies drawn for each number.
  public let simulations: Int
  /// The level of the tests.
  public let alpha: Double

  /// What studies of a size find.
  public struct Size: Codable, Equatable, Sendable {
    /// How many participants a study has.
    public let participants: Int
    /// The share of studies in which Friedman's test finds a difference of methods.
    public let friedman: Share
    /// The share of studies in which a pair differs after Holm's correction, in the order of ``PairComparison``s.
    public let pairs: [Pair]
  }

  /// A share of simulated studies with what the simulation's own chance leaves open.
  public struct Share: Codable, Equatable, Sendable {
    /// How many studies.
    public let found: Int
    /// Of all of them.
    public let power: Double
    /// The 95 % interval of the share.
    public let interval: Finding<Interval>
  }

  /// How often a pair of methods is found to differ.
  public struct Pair: Codable, Equatable, Sendable {
    /// The one.
    public let first: String
    /// The other.
    public let second: String
    /// How often.
    public let share: Share
  }

  /// Simulates studies of one part. Throws ``Undefined`` for a pilot that can't be drawn from: fewer than two participants
  /// who judged every method. `shrinkage` in [0, 1] is the part of the effect that is kept: at 0 methods don't differ, and
  /// what is found is the rate of false positives.
  public init(
    _ data: StudyData, part: String, participants: [Int], simulations: Int = 1000, alpha: Double = 0.05,
    shrinkage: Double = 1, seed: UInt64 = 1, measure: WordMeasure? = nil
  ) throws(Undefined) {
    guard let outline = data.outline.parts.first(where: { $0.name == part }) else {
      throw Undefined("the study has no part \"\(part)\"")
    }
    guard simulations > 0, alpha > 0, alpha < 1, (0...1).contains(shrinkage) else {
      throw Undefined("a simulation needs studies, a level between 0 and 1, and a shrinkage from 0 to 1")
    }
    guard let smallest = participants.min(), smallest > 1, participants.allSatisfy({ $0 <= 100_000 }) else {
      throw Undefined("a study needs from 2 to 100,000 participants")
    }
    let table = ScoreTable(
      data.observations, part: outline, participants: data.participants.map(\.name), measure: measure)
    let rows = table.participantMeans.compactMap { row in
      row.contains(nil) ? nil : row.compactMap { $0 }
    }
    guard rows.count > 1 else {
      throw Undefined("\(rows.count) pilot participants judged every method of \(part); it needs two")
    }
    pilot = rows.count
    self.simulations = simulations
    self.alpha = alpha
    sizes = participants.map { size in
      Self.study(
        rows, methods: table.methods, size: size, simulations: simulations, alpha: alpha,
        shrinkage: shrinkage,
        SeededGenerator(seed: seed, label: "power/\(part)/\(size)"))
    }
  }

  private static func study(
    _ rows: [[Double]], methods: [String], size: Int, simulations: Int, alpha: Double,
    shrinkage: Double, _ source: SeededGenerator
  ) -> Size {
    var generator = source
    let names = (0..<size).map(String.init)
    var friedman = 0
    var pairs: [PairComparison] = []
    var found: [Int] = []
    for _ in 0..<simulations {
      var cells: [ScoreTable.Cell] = []
      cells.reserveCapacity(size * methods.count)
      for participant in 0..<size {
        var row = rows[generator.index(below: rows.count)]
        // A participant whose methods change places has no preference on average, and scores as before otherwise.
        if generator.uniform() >= shrinkage { row = generator.shuffled(row) }
        for (method, score) in row.enumerated() {
          cells.append(ScoreTable.Cell(participant: participant, method: method, target: 0, score: score))
        }
      }
      let comparison = MethodComparison(
        ScoreTable(participants: names, methods: methods, targets: ["all"], cells: cells), bootstrap: nil)
      if let p = comparison.friedman.value?.p, p < alpha { friedman += 1 }
      if found.isEmpty { found = [Int](repeating: 0, count: comparison.pairs.count) }
      pairs = comparison.pairs
      for (index, pair) in comparison.pairs.enumerated() {
        if let p = pair.correctedP, p < alpha { found[index] += 1 }
      }
    }
    func share(_ count: Int) -> Share {
      Share(
        found: count, power: Double(count) / Double(simulations),
        interval: Finding { () throws(Undefined) in try WilsonInterval.of(count, of: simulations) })
    }
    return Size(
      participants: size, friedman: share(friedman),
      pairs: zip(pairs, found).map { Pair(first: $0.first, second: $0.second, share: share($1)) })
  }
}
