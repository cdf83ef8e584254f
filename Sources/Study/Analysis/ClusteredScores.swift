/// Scores with the participants who gave them, in ascending order, so that statistics of drawn participants need no
/// sorting.
struct ClusteredScores: Sendable {
  private let participants: Int
  private let owners: [Int]
  /// The scores, ascending.
  let scores: [Double]
  private let sums: [Double]
  private let counts: [Int]

  /// The scores of some cells of a table. Participants without a score are no clusters: who saw nothing can't be drawn.
  init(_ cells: some Sequence<ScoreTable.Cell>) {
    let sorted = cells.sorted { ($0.score, $0.participant) < ($1.score, $1.participant) }
    let present = Set(sorted.map(\.participant)).sorted()
    let places = Dictionary(present.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    participants = present.count
    owners = sorted.map { places[$0.participant] ?? 0 }
    scores = sorted.map(\.score)
    var (sums, counts) = (
      [Double](repeating: 0, count: present.count), [Int](repeating: 0, count: present.count)
    )
    for (owner, score) in zip(owners, scores) {
      sums[owner] += score
      counts[owner] += 1
    }
    self.sums = sums
    self.counts = counts
  }

  /// How many participants gave one.
  var clusters: Int { participants }

  /// The mean of all scores when each participant is drawn so often.
  func mean(_ draws: [Int]) -> Double? {
    var (sum, count) = (0.0, 0)
    for index in draws.indices {
      sum += Double(draws[index]) * sums[index]
      count += draws[index] * counts[index]
    }
    return count > 0 ? sum / Double(count) : nil
  }

  /// The median of all scores when each participant is drawn so often.
  func median(_ draws: [Int]) -> Double? {
    var count = 0
    for index in draws.indices { count += draws[index] * counts[index] }
    guard count > 0 else { return nil }
    // The two places about the middle, which are one for an odd number.
    let (first, second) = ((count - 1) / 2, count / 2)
    var passed = 0
    var lower: Double?
    for (owner, score) in zip(owners, scores) {
      passed += draws[owner]
      if lower == nil, passed > first { lower = score }
      if let lower, passed > second { return (lower + score) / 2 }
    }
    return nil
  }

  /// The interval of a statistic.
  func interval(
    _ bootstrap: ClusteredBootstrap, label: String, level: Double, _ statistic: ([Int]) -> Double?
  ) throws(Undefined) -> Interval {
    try bootstrap.interval(clusters: clusters, label: label, level: level, statistic)
  }
}
