import Testing

@testable import Study

/// Studies whose truth is known.
@Suite struct SimulatedStudiesTests {
  /// Ratings from 1 to 5 by participants who differ in mildness, of targets that differ in difficulty, by methods that
  /// differ as `qualities` say.
  private func study(
    _ generator: inout SeededGenerator, qualities: [Double], participants: Int = 24, targets: Int = 6
  ) -> StudyData {
    func normal() -> Double { NormalDistribution.quantile(max(1e-12, generator.uniform())) ?? 0 }
    var rows: [Observation] = []
    let difficulties = (0..<targets).map { _ in 0.5 * normal() }
    for person in 0..<participants {
      let mildness = 0.6 * normal()
      for target in 0..<targets {
        for (method, quality) in qualities.enumerated() {
          let value = 3 + quality + mildness + difficulties[target] + 0.8 * normal()
          rows.append(
            Observation(
              participant: "p\(person)", part: "part", target: "t\(target)", method: "m\(method)",
              answer: .rating(max(1, min(5, Int(value.rounded()))))))
        }
      }
    }
    return StudyData(study: "simulated", rows)
  }

  private func comparison(_ data: StudyData, bootstrap: ClusteredBootstrap? = nil) -> MethodComparison {
    let table = ScoreTable(
      data.observations, part: data.outline.parts[0], participants: data.participants.map(\.name),
      measure: nil)
    return MethodComparison(table, bootstrap: bootstrap)
  }

  /// Without an effect each test at the level of 5 % errs in about 50 of 1,000 studies. Bounds are those within which a
  /// binomial count lies with a probability of more than 0.9999.
  @Test func noEffect() throws {
    var generator = SeededGenerator(seed: 2026)
    var (friedman, imanDavenport, wilcoxon, family, missed) = (0, 0, 0, 0, 0)
    for number in 0..<1000 {
      let bootstrap = ClusteredBootstrap(replicates: 400, seed: UInt64(number))
      let result = comparison(study(&generator, qualities: [0, 0, 0]), bootstrap: bootstrap)
      let test = try #require(result.friedman.value)
      if test.p < 0.05 { friedman += 1 }
      if let f = test.imanDavenport, f.p < 0.05 { imanDavenport += 1 }
      let pair = result.pairs[0]
      if let p = pair.wilcoxon.value?.p, p < 0.05 { wilcoxon += 1 }
      if result.pairs.contains(where: { ($0.correctedP ?? 1) < 0.05 }) { family += 1 }
      let interval = try #require(pair.differenceInterval.value)
      if interval.low > 0 || interval.high < 0 { missed += 1 }
    }
    #expect((25...78).contains(friedman), "Friedman: \(friedman)")
    #expect((25...85).contains(imanDavenport), "Iman and Davenport: \(imanDavenport)")
    #expect((25...78).contains(wilcoxon), "Wilcoxon: \(wilcoxon)")
    // Holm keeps the chance of any false pair at or below the level.
    #expect((10...78).contains(family), "any pair: \(family)")
    // With 400 draws the ends lie a little too far in, which makes 5.6 % of 5 %.
    #expect((28...86).contains(missed), "intervals: \(missed)")
  }

  /// A known effect is found, in its direction, and its size lies in the interval.
  @Test func knownEffect() throws {
    var generator = SeededGenerator(seed: 7)
    var (found, ordered, covered) = (0, 0, 0)
    for number in 0..<100 {
      let bootstrap = ClusteredBootstrap(replicates: 500, seed: UInt64(number))
      let result = comparison(study(&generator, qualities: [0.5, 0, -0.5]), bootstrap: bootstrap)
      if let p = result.friedman.value?.p, p < 0.001 { found += 1 }
      if result.pairs.allSatisfy({ ($0.correctedP ?? 1) < 0.05 && ($0.wilcoxon.value?.rankBiserial ?? 0) > 0 }
      ) {
        ordered += 1
      }
      // Ends of the scale make a step of 0.5 a little smaller.
      if let interval = result.pairs[0].differenceInterval.value, interval.low < 0.46, interval.high > 0.46 {
        covered += 1
      }
    }
    #expect(found == 100 && ordered >= 95 && covered >= 85, "\(found), \(ordered), \(covered)")
  }

  /// Choices at chance are told from choices that aren't.
  @Test func choicesAtChance() throws {
    var generator = SeededGenerator(seed: 5)
    func rejections(_ chance: Double) throws -> Int {
      try (0..<1000).count { _ in
        let right = (0..<120).count { _ in generator.uniform() < chance }
        return try BinomialTest.p(right, of: 120, chance: 0.5) < 0.05
      }
    }
    // The exact test is conservative: 4.4 % for 120 trials.
    #expect((20...72).contains(try rejections(0.5)))
    #expect(try rejections(0.7) > 980)
  }
}
