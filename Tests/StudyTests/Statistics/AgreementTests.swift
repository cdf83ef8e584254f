import Testing

@testable import Study

/// Agreement of raters with each other, with themselves, and of two measures.
@Suite struct AgreementTests {
  @Test func kappa() throws {
    for golden in Golden.values.kappa {
      for (weights, value) in [
        (CohensKappa.Weights.none, golden.none), (.linear, golden.linear), (.quadratic, golden.quadratic),
      ] {
        let kappa = try CohensKappa.value(golden.first, golden.second, weights: weights)
        #expect(agree(kappa, value, within: 1e-12))
      }
    }
    #expect(throws: Undefined("all answers are the same")) { try CohensKappa.value([3, 3], [3, 3]) }
    #expect(throws: Undefined("no answer was given twice")) { try CohensKappa.value([], []) }
    #expect(throws: Undefined.self) { try CohensKappa.value([1], [1, 2]) }
    #expect(try CohensKappa.value([.min, .max], [.min, .max], weights: .quadratic) == 1)
  }

  @Test func krippendorff() throws {
    for golden in Golden.values.krippendorff {
      #expect(
        agree(try KrippendorffAlpha.value(golden.units, level: .nominal), golden.nominal, within: 1e-12))
      #expect(
        agree(try KrippendorffAlpha.value(golden.units, level: .ordinal), golden.ordinal, within: 1e-12))
      #expect(
        agree(try KrippendorffAlpha.value(golden.units, level: .interval), golden.interval, within: 1e-12))
    }
    // Krippendorff 2011, sections C to E.
    let published = Golden.values.krippendorff[0].units
    #expect(abs(try KrippendorffAlpha.value(published, level: .nominal) - 0.743) < 5e-4)
    #expect(abs(try KrippendorffAlpha.value(published, level: .ordinal) - 0.815) < 5e-4)
    #expect(abs(try KrippendorffAlpha.value(published, level: .interval) - 0.849) < 5e-4)
  }

  @Test func noAlpha() {
    #expect(throws: Undefined("nothing was rated twice")) { try KrippendorffAlpha.value([], level: .ordinal) }
    #expect(throws: Undefined("nothing was rated twice")) {
      try KrippendorffAlpha.value([[1, nil], [nil, 2]], level: .ordinal)
    }
    #expect(throws: Undefined("all ratings are the same")) {
      try KrippendorffAlpha.value([[2, 2], [2, 2, nil]], level: .nominal)
    }
    #expect(throws: Undefined.self) { try KrippendorffAlpha.value([[.nan, 2]], level: .nominal) }
  }

  @Test func intraclass() throws {
    for golden in Golden.values.icc {
      let icc = try IntraclassCorrelation(golden.rows)
      #expect(agree(icc.single, golden.single, within: 1e-10))
      #expect(agree(icc.average, golden.average, within: 1e-10))
      let (single, average) = (try #require(icc.singleInterval), try #require(icc.averageInterval))
      #expect(agree([single.low, single.high, average.low, average.high], golden.limits, within: 1e-8))
    }
    // Shrout & Fleiss 1979, table 4.
    let published = try IntraclassCorrelation(Golden.values.icc[0].rows)
    #expect(abs(published.single - 0.29) < 0.005 && abs(published.average - 0.62) < 0.005)
  }

  @Test func intraclassAtItsEnds() throws {
    let full = try IntraclassCorrelation([[1, 1], [2, 2], [3, 3]])
    #expect(full.single == 1 && full.average == 1 && full.singleInterval == nil)
    #expect(throws: Undefined("all ratings are the same")) { try IntraclassCorrelation([[2, 2], [2, 2]]) }
    #expect(throws: Undefined.self) { try IntraclassCorrelation([[2, 1]]) }
    #expect(throws: Undefined.self) { try IntraclassCorrelation([[2], [1]]) }
    #expect(throws: Undefined.self) { try IntraclassCorrelation([[2, 1], [1]]) }
    #expect(throws: Undefined.self) { try IntraclassCorrelation([[2, .nan], [1, 2]]) }
    // Raters who differ by a constant, and units that don't differ.
    #expect(throws: Never.self) { try IntraclassCorrelation([[1, 2], [2, 3], [3, 4]]) }
    let flat = try IntraclassCorrelation([[1, 2], [1, 2]])
    #expect(flat.single == 0 && flat.average == 0)
  }

  @Test func correlation() throws {
    for golden in Golden.values.correlation {
      let pearson = try Correlation.pearson(golden.x, golden.y)
      #expect(agree(pearson.coefficient, golden.pearson, within: 1e-12))
      #expect(agree(pearson.p, golden.pearsonP, within: 1e-9))
      let spearman = try Correlation.spearman(golden.x, golden.y)
      #expect(agree(spearman.coefficient, golden.spearman, within: 1e-12))
      #expect(agree(spearman.p, golden.spearmanP, within: 1e-9))
    }
    #expect(throws: Undefined("one of the two doesn't vary")) { try Correlation.pearson([1, 1], [1, 2]) }
    #expect(throws: Undefined("it needs two pairs")) { try Correlation.spearman([1], [1]) }
    #expect(throws: Undefined.self) { try Correlation.spearman([1, .nan], [1, 2]) }
    #expect(throws: Undefined.self) { try Correlation.pearson([0, 1e200], [1, 2]) }
    #expect(try Correlation.pearson([1, 2], [3, 4]).p == nil)
    #expect(try Correlation.spearman([1, 2, 3], [3, 4, 9]).p == 0)
  }
}
