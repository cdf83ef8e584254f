/// Two methods against each other, on participants' means.
public struct PairComparison: Codable, Equatable, Sendable {
  /// The method whose advantage is positive.
  public let first: String
  /// The other one.
  public let second: String
  /// How many participants judged both.
  public let participants: Int
  /// The mean of participants' differences; of different participants the difference of the groups' means.
  public let difference: Double?
  /// Its interval, participants resampled.
  public let differenceInterval: Finding<Interval>
  /// The signed-rank test of the differences; it holds the matched-pairs rank-biserial correlation.
  public let wilcoxon: Finding<WilcoxonTest>
  /// The rank-sum test of two groups, where no participant judged both methods.
  public let mannWhitney: Finding<MannWhitneyTest>
  /// The p-value after Holm's correction for all pairs of the part; `nil` without a test.
  public internal(set) var correctedP: Double?
  /// Cliff's delta of the means, pairs or not.
  public let cliffsDelta: Finding<Double>

  /// Compares two columns of participants' means, each `nil` where a participant didn't judge the method.
  init(
    _ first: (name: String, means: [Double?]), _ second: (name: String, means: [Double?]),
    zeros: WilcoxonTest.Zeros, bootstrap: ClusteredBootstrap?, level: Double, label: String
  ) {
    self.first = first.name
    self.second = second.name
    let groups = [first.means, second.means].map { $0.compactMap { $0 }.map(Self.rounded) }
    let pairs = zip(first.means, second.means).compactMap { a, b in a.flatMap { a in b.map { (a, $0) } } }
    let differences = pairs.map { Self.rounded($0.0 - $0.1) }
    participants = pairs.count
    let isPaired = !differences.isEmpty
    difference =
      isPaired
      ? Sample.mean(differences)
      : Sample.mean(groups[0]).flatMap { a in Sample.mean(groups[1]).map { a - $0 } }
    wilcoxon = Finding { () throws(Undefined) in
      guard isPaired else { throw Undefined("no participant judged both methods") }
      return try WilcoxonTest(differences, zeros: zeros)
    }
    mannWhitney = Finding { () throws(Undefined) in
      guard !isPaired else { throw Undefined("participants judged both methods") }
      return try MannWhitneyTest(groups[0], groups[1])
    }
    cliffsDelta = Finding { () throws(Undefined) in try CliffsDelta.value(groups[0], groups[1]) }
    differenceInterval = Finding { () throws(Undefined) in
      guard let bootstrap else { throw Undefined("no intervals were asked for") }
      guard isPaired else {
        return try Self.interval(groups[0], groups[1], bootstrap, label: label, level: level)
      }
      return try bootstrap.interval(clusters: differences.count, label: label, level: level) { draws in
        zip(draws, differences).reduce(0) { $0 + Double($1.0) * $1.1 } / Double(differences.count)
      }
    }
  }

  /// The p-value of the test that fits the design, before correction.
  public var p: Double? { wilcoxon.value?.p ?? mannWhitney.value?.p }

  /// The interval of the difference of two groups of different participants, all of them resampled.
  private static func interval(
    _ a: [Double], _ b: [Double], _ bootstrap: ClusteredBootstrap, label: String, level: Double
  ) throws(Undefined) -> Interval {
    guard a.count > 1, b.count > 1 else {
      throw Undefined("it needs two participants in each group; there are \(a.count) and \(b.count)")
    }
    return try bootstrap.interval(clusters: a.count + b.count, label: label, level: level) { draws in
      func mean(_ values: [Double], _ draws: ArraySlice<Int>) -> Double? {
        let count = draws.reduce(0, +)
        return count > 0 ? zip(draws, values).reduce(0) { $0 + Double($1.0) * $1.1 } / Double(count) : nil
      }
      guard let first = mean(a, draws[..<a.count]), let second = mean(b, draws[a.count...]) else {
        return nil
      }
      return first - second
    }
  }

  /// Means of ratings that are equal on paper must tie: what differs behind the ninth decimal is rounding.
  static func rounded(_ value: Double) -> Double { (value * 1e9).rounded() / 1e9 }
}
