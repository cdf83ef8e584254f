/// All methods of a part against each other, on participants' means.
public struct MethodComparison: Codable, Equatable, Sendable {
  /// The test of Friedman over participants who judged every method.
  public let friedman: Finding<FriedmanTest>
  /// The test of Kruskal and Wallis, where every participant judged one method only.
  public let kruskalWallis: Finding<KruskalWallisTest>
  /// Each pair of methods.
  public let pairs: [PairComparison]

  /// Compares the columns of a table. Without `bootstrap` there are no intervals, for simulations that need none.
  init(
    _ table: ScoreTable, zeros: WilcoxonTest.Zeros = .wilcox, bootstrap: ClusteredBootstrap?,
    level: Double = 0.95,
    label: String = ""
  ) {
    let means = table.participantMeans
    let complete = means.compactMap { row in
      row.contains(nil) ? nil : row.compactMap { $0 }.map(PairComparison.rounded)
    }
    let partial = means.count { row in row.contains { $0 != nil } }
    friedman = Finding { () throws(Undefined) in
      guard complete.count > 1 else {
        throw Undefined("\(complete.count) of \(partial) participants judged every method; it needs two")
      }
      return try FriedmanTest(complete)
    }
    let isBetween = means.allSatisfy { row in row.count { $0 != nil } <= 1 }
    kruskalWallis = Finding { () throws(Undefined) in
      guard isBetween else { throw Undefined("participants judged several methods; Friedman's test applies") }
      return try KruskalWallisTest(
        table.methods.indices.map { method in means.compactMap { $0[method] }.map(PairComparison.rounded) })
    }
    var pairs: [PairComparison] = []
    for second in table.methods.indices {
      for first in 0..<second {
        pairs.append(
          PairComparison(
            (table.methods[first], means.map { $0[first] }),
            (table.methods[second], means.map { $0[second] }),
            zeros: zeros, bootstrap: bootstrap, level: level,
            label: "\(label)/\(table.methods[first])-\(table.methods[second])"))
      }
    }
    let tested = pairs.indices.filter { pairs[$0].p != nil }
    let corrected = Holm.correct(tested.compactMap { pairs[$0].p })
    for (index, p) in zip(tested, corrected) { pairs[index].correctedP = p }
    self.pairs = pairs
  }

  /// The p-value of the test over all methods that fits the design.
  public var p: Double? { friedman.value?.p ?? kruskalWallis.value?.p }
}
