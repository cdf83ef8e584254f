/// Two methods against each other, on participants' means.
public struct PairComparison: Codable, Equatable, Sendable {
  /// The method whose advantage is positive.
  public let first: String
  /// The other one.
  public let second: String
  /// How many participants judged both.
  public let participants: Int
  /// The mean of participants' differences.
  public let difference: Double?
  /// Its interval, participants resampled.
  public let differenceInterval: Finding<Interval>
  /// The signed-rank test of the differences; it holds the matched-pairs rank-biserial correlation.
  public let wilcoxon: Finding<WilcoxonTest>
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
    let pairs = zip(first.means, second.means).compactMap { a, b in a.flatMap { a in b.map { (a, $0) } } }
    let differences = pairs.map { Self.rounded($0.0 - $0.1) }
    participants = pairs.count
    difference = Sample.mean(differences)
    wilcoxon = Finding { () throws(Undefined) in
      guard !differences.isEmpty else { throw Undefined("no participant judged both methods") }
      return try WilcoxonTest(differences, zeros: zeros)
    }
    cliffsDelta = Finding { () throws(Undefined) in
      try CliffsDelta.value(
        first.means.compactMap { $0 }.map(Self.rounded), second.means.compactMap { $0 }.map(Self.rounded))
    }
    differenceInterval = Finding { () throws(Undefined) in
      guard let bootstrap else { throw Undefined("no intervals were asked for") }
      return try bootstrap.interval(clusters: differences.count, label: label, level: level) { draws in
        zip(draws, differences).reduce(0) { $0 + Double($1.0) * $1.1 } / Double(differences.count)
      }
    }
  }

  /// Means of ratings that are equal on paper must tie: what differs behind the ninth decimal is rounding.
  static func rounded(_ value: Double) -> Double { (value * 1e9).rounded() / 1e9 }
}
