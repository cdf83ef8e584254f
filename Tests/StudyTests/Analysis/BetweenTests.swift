import Testing

@testable import Study

/// Studies in which each participant sees one method only.
@Suite struct BetweenTests {
  private func study(_ generator: inout SeededGenerator, _ shares: [Double]) -> StudyData {
    StudyData(
      study: "between",
      (0..<20 * shares.count).flatMap { person in
        (0..<12).map { trial in
          let method = person % shares.count
          return Observation(
            participant: "p\(person)", part: "choice", target: "u\(trial)", method: "m\(method)",
            answer: .choice(isRight: generator.uniform() < shares[method], confidence: nil))
        }
      })
  }

  @Test func groups() throws {
    var generator = SeededGenerator(seed: 12)
    let part = try #require(StudyAnalysis(study(&generator, [0.92, 0.82, 0.5])).parts.first)
    #expect(part.comparison.friedman.value == nil)
    let test = try #require(part.comparison.kruskalWallis.value)
    #expect(test.sizes == [20, 20, 20] && test.p < 1e-4 && part.comparison.p == test.p)
    let pair = part.comparison.pairs[1]
    #expect(
      pair.first == "m0" && pair.second == "m2"
        && pair.wilcoxon.reason == "no participant judged both methods")
    #expect(pair.p == pair.mannWhitney.value?.p && (pair.correctedP ?? 1) < 0.001)
    let interval = try #require(pair.differenceInterval.value)
    let difference = try #require(pair.difference)
    #expect(
      interval.low < difference && difference < interval.high && interval.low > 0.2 && interval.high < 0.6)
    // A test of pairs has no business where there are groups, and the other way round.
    let paired = StudyAnalysis(StudyData(study: "golden", try GoldenStudy.read().rows.map(\.observation)))
      .parts[0]
    #expect(
      paired.comparison.kruskalWallis.value == nil && paired.comparison.pairs[0].mannWhitney.value == nil)
  }

  @Test func noEffect() throws {
    var generator = SeededGenerator(seed: 21)
    var (all, any) = (0, 0)
    for _ in 0..<1000 {
      let data = study(&generator, [0.8, 0.8, 0.8])
      let comparison = MethodComparison(
        ScoreTable(
          data.observations, part: data.outline.parts[0], participants: data.participants.map(\.name),
          measure: nil),
        bootstrap: nil)
      if let p = comparison.p, p < 0.05 { all += 1 }
      if comparison.pairs.contains(where: { ($0.correctedP ?? 1) < 0.05 }) { any += 1 }
    }
    #expect((22...78).contains(all) && (10...78).contains(any), "\(all), \(any)")
  }
}
