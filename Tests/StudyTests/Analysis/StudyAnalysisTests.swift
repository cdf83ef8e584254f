import Foundation
import Testing

@testable import Study

@Suite struct StudyAnalysisTests {
  @Test func asPandasAndSciPy() throws {
    let golden = try GoldenStudy.read()
    let analysis = StudyAnalysis(StudyData(study: "golden", golden.rows.map(\.observation)))
    let part = try #require(analysis.parts.first)
    for (method, expected) in zip(part.methods, golden.methods) {
      let scores = method.scores
      #expect(scores.count == expected.count && scores.participants == 24)
      #expect(scores.median == expected.median && agree(scores.mean, expected.mean, within: 1e-12))
      #expect(scores.quantile5 == expected.q5 && scores.quantile95 == expected.q95)
      #expect(agree(scores.highShare, expected.high, within: 1e-12))
      #expect(scores.distribution == expected.distribution)
      #expect(agree(method.overTargets.mean, expected.overTargets, within: 1e-12))
      let targets = try #require(method.overTargets.interval.value)
      #expect(targets.low < expected.mean && expected.mean < targets.high)
      let interval = try #require(scores.meanInterval.value)
      #expect(
        interval.low < expected.mean && expected.mean < interval.high && interval.high - interval.low < 1)
      #expect(scores.medianInterval.value != nil && scores.violin.value?.densities.count == 61)
    }
    #expect(part.targets.map(\.target) == golden.targets.map(\.target))
    #expect(agree(part.targets.compactMap(\.mean), golden.targets.map(\.mean), within: 1e-12))
    let friedman = try #require(part.comparison.friedman.value)
    #expect(agree([friedman.chiSquare, friedman.p], golden.friedman, within: 1e-9))
    for (pair, expected) in zip(part.comparison.pairs, golden.pairs) {
      let test = try #require(pair.wilcoxon.value)
      #expect(
        agree(test.p, expected.p, within: 1e-9) && agree(pair.correctedP, expected.corrected, within: 1e-9))
      #expect(agree(test.rankBiserial, expected.rankBiserial, within: 1e-12))
      #expect(agree(pair.difference, expected.difference, within: 1e-8))
      #expect(agree(pair.cliffsDelta.value, expected.cliff, within: 1e-12))
    }
    #expect(agree(part.agreement.alpha.value, golden.alpha, within: 1e-12))
    #expect(part.agreement.intraclass.value?.raters == golden.raters)
    #expect(agree(part.agreement.intraclass.value?.average, golden.icc, within: 1e-9))
  }

  /// The same data, the same bytes.
  @Test func reproducible() throws {
    let observations = try GoldenStudy.read().rows.map(\.observation)
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let options = StudyAnalysis.Options(seed: 3, replicates: 200)
    let first = try encoder.encode(StudyAnalysis(StudyData(study: "s", observations), options: options))
    let second = try encoder.encode(
      StudyAnalysis(StudyData(study: "s", observations.reversed()), options: options))
    #expect(first == second)
    let read = try JSONDecoder().decode(StudyAnalysis.self, from: first)
    #expect(try encoder.encode(read) == first)
  }

  @Test func nothing() throws {
    let empty = StudyAnalysis(StudyData(study: "s", []))
    #expect(empty.parts.isEmpty && empty.participation.begun == 0)
    _ = try JSONEncoder().encode(empty)
    let definition = StudyFixture.definition([StudyFixture.rating(items: 3, methods: 2)])
    let unanswered = StudyAnalysis(try StudyData([], of: definition))
    #expect(unanswered.parts[0].methods.map(\.scores.count) == [0, 0])
    #expect(
      unanswered.parts[0].comparison.friedman.reason
        == "0 of 0 participants judged every method; it needs two")
    _ = try JSONEncoder().encode(unanswered)
  }

  /// One participant has means and no tests, each with its reason.
  @Test func onePerson() throws {
    let rows = (0..<4).map {
      Observation(
        participant: "p", part: "part", target: "t\($0 / 2)", method: "m\($0 % 2)",
        answer: .rating(3 + $0 % 2))
    }
    let part = try #require(StudyAnalysis(StudyData(study: "s", rows)).parts.first)
    #expect(part.methods[0].scores.mean == 3)
    #expect(part.methods[0].scores.meanInterval.reason == "it needs two participants; there are 1")
    #expect(part.methods[0].overTargets.mean == 3 && part.methods[0].overTargets.interval.value?.low == 3)
    #expect(part.methods[0].scores.violin.reason == "all values are the same")
    #expect(part.comparison.friedman.reason == "1 of 1 participants judged every method; it needs two")
    #expect(part.comparison.pairs[0].wilcoxon.value?.p == 1)
    #expect(part.agreement.alpha.reason == "nothing was rated twice")
    #expect(part.reliability.kappa.reason == "no answer was given twice")
  }

  @Test func extremeRatings() throws {
    let rows = [Int.min, -100, 0, 100, Int.max].enumerated().flatMap { index, value in
      ["a", "b"].map {
        Observation(
          participant: "p\(index)", part: "part", target: "t", method: $0, answer: .rating(value))
      }
    }
    let analysis = StudyAnalysis(StudyData(study: "s", rows))
    #expect(analysis.parts[0].methods[0].scores.distribution.isEmpty)
    _ = try JSONEncoder().encode(analysis)
  }

  @Test func choices() throws {
    // Ten participants, ten trials each: 80 % right by natural pictures, half by the method.
    let rows = (0..<10).flatMap { person in
      (0..<10).flatMap { trial in
        ["natural", "vital"].map { method in
          let isRight = method == "natural" ? trial < 8 : (trial + person) % 2 == 0
          return Observation(
            participant: "p\(person)", part: "choice", target: "u\(trial)", method: method,
            answer: .choice(isRight: isRight, confidence: isRight ? 3 : 1), reactionMilliseconds: 500 + trial)
        }
      }
    }
    let part = try #require(StudyAnalysis(StudyData(study: "s", rows)).parts.first)
    let natural = try #require(part.methods[0].choices)
    #expect(natural.right == 80 && natural.trials == 100 && natural.accuracy == 0.8)
    // statsmodels' proportion_confint(80, 100, method='wilson') and SciPy's binomtest(80, 100)
    #expect(agree(natural.interval.value?.low, 0.7111708344068411, within: 1e-9))
    #expect(agree(natural.interval.value?.high, 0.8666330666689676, within: 1e-9))
    #expect(agreeRelatively(try #require(natural.againstChance.value), 1.1159089057251951e-09, within: 1e-9))
    #expect(natural.confidenceWhenRight == 3 && natural.confidenceWhenWrong == 1 && natural.confidence == 2.6)
    #expect(natural.byConfidence.map(\.right) == [0, 80])
    #expect(natural.participantsAgainstChance.value?.negative == 0)
    let vital = try #require(part.methods[1].choices)
    #expect(vital.right == 50 && vital.againstChance.value == 1)
    #expect(vital.participantsAgainstChance.reason == "all differences are zero")
    #expect(part.methods[0].medianMilliseconds == 504.5)
    #expect(part.targets.first?.target == "u8" || part.targets.first?.target == "u9")
  }

  @Test func repeats() throws {
    func row(_ person: Int, _ target: Int, _ kind: TrialKind, _ value: Int) -> Observation {
      Observation(
        participant: "p\(person)", part: "part", kind: kind, target: "t\(target)", method: "m",
        answer: .rating(value))
    }
    let rows = (0..<6).flatMap { person in
      [
        row(person, 0, .main, 1 + person % 5), row(person, 1, .main, 3),
        row(person, 0, .repeat, 1 + (person + 1) / 2),
      ]
    }
    let part = try #require(StudyAnalysis(StudyData(study: "s", rows)).parts.first)
    // First 1 2 3 4 5 1, again 1 2 2 3 3 4; scikit-learn's cohen_kappa_score(weights='quadratic')
    #expect(part.reliability.pairs == 6 && part.methods[0].scores.count == 12)
    #expect(agree(part.reliability.sameShare, 2.0 / 6) && agree(part.reliability.meanDistance, 7.0 / 6))
    let kappa = try CohensKappa.value([1, 2, 3, 4, 5, 1], [1, 2, 2, 3, 3, 4], weights: .quadratic)
    #expect(part.reliability.kappa.value == kappa)
  }

  @Test func words() throws {
    let definition = StudyFixture.definition([StudyFixture.words(items: 2, methods: 2)])
    var data = try StudyData([], of: definition)
    data.participants = [.init(name: "p", steps: [])]
    data.observations = [("item-0", "item-0"), ("item-1", "something")].map { target, answer in
      Observation(
        participant: "p", part: "words", target: "class:\(target)", method: "method-0", answer: .word(answer))
    }
    let measure = WordMeasure(name: "equality") { .init(similarity: $0 == $1 ? 1 : 0, matched: $1) }
    let part = StudyAnalysis(data, measure: measure).parts[0]
    #expect(part.words.map(\.similarity) == [1, 0] && part.wordMeasure == "equality")
    #expect(part.methods[0].scores.mean == 0.5)
    let without = StudyAnalysis(data).parts[0]
    #expect(without.words.isEmpty && without.methods[0].scores.count == 0)
  }
}
