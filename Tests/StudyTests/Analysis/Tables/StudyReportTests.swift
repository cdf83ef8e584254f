import Foundation
import Testing

@testable import Study

@Suite struct StudyReportTests {
  private func report(_ observations: [Observation], rules: ExclusionRules = .init()) throws -> (
    StudyAnalysis, StudyReport
  ) {
    let data = StudyData(study: "golden", observations)
    let analysis = StudyAnalysis(data, rules: rules, options: .init(replicates: 100))
    return (analysis, try StudyReport(analysis, of: data))
  }

  private func table(_ name: String, _ report: StudyReport) throws -> [[String: String]] {
    let records = try CSVReader.records(try #require(report.files[name]), place: name)
    return records.dropFirst().map {
      Dictionary(zip(records[0].fields, $0.fields), uniquingKeysWith: { first, _ in first })
    }
  }

  @Test func tables() throws {
    let golden = try GoldenStudy.read()
    let (analysis, report) = try report(golden.rows.map(\.observation))
    let methods = try table("methods.csv", report)
    #expect(methods.count == 6 && methods[0]["group"] == "kept" && methods[3]["group"] == "everyone")
    #expect(
      methods[0]["n"] == "140" && methods[0]["n_5"] == "21" && methods[0]["mean"] == "3.242857142857143")
    #expect(try table("targets.csv", report).count == 2 * 18)
    let pairs = try table("pairs.csv", report)
    #expect(pairs.map { $0["second"] } == ["m1", "m2", "m2", "m1", "m2", "m2"])
    #expect(agree(pairs[0]["p_holm"].flatMap(Double.init), golden.pairs[0].corrected, within: 1e-9))
    #expect(
      agree(try table("tests.csv", report)[0]["p"].flatMap(Double.init), golden.friedman[1], within: 1e-12))
    let judgements = try table("judgements.csv", report)
    #expect(judgements.count == golden.rows.count && judgements.allSatisfy { $0["kept"] == "1" })
    #expect(try table("choices.csv", report).isEmpty && table("words.csv", report).isEmpty)
    #expect(try table("agreement.csv", report)[0]["note"] == "kappa: no answer was given twice")
    let read = try StudyAnalysis(json: try #require(report.files["analysis.json"]), place: "analysis.json")
    #expect(read == analysis)
  }

  /// Every column of every table is explained, and no file lacks.
  @Test func codebook() throws {
    let (analysis, report) = try report(try GoldenStudy.read().rows.map(\.observation))
    let codebook = String(decoding: try #require(report.files["codebook-of-results.md"]), as: UTF8.self)
    for name in report.files.keys where name.hasSuffix(".csv") {
      #expect(codebook.contains("## \(name)\n"))
    }
    for table in analysis.tables {
      #expect(!table.meaning.isEmpty && table.columns.allSatisfy { !$0.meaning.isEmpty })
      #expect(Set(table.columns.map(\.name)).count == table.columns.count)
      #expect(table.rows.allSatisfy { $0.count == table.columns.count })
    }
  }

  @Test func hostileNames() throws {
    let name = "=cmd|' /C calc'!A0\n\",x"
    let rows = ["a", "b"].flatMap { person in
      (0..<3).map {
        Observation(
          participant: name + person, part: name, target: name, method: name + "\($0)",
          answer: .rating(1 + $0))
      }
    }
    let (_, report) = try report(rows)
    for file in report.files.keys where file.hasSuffix(".csv") {
      let records = try CSVReader.records(try #require(report.files[file]), place: file)
      #expect(records.flatMap(\.fields).allSatisfy { !$0.hasPrefix("=") })
    }
  }

  /// Whoever finds a table of a rehearsal must see that it is none of a study.
  @Test func simulated() throws {
    var data = StudyData(study: "rehearsal", try GoldenStudy.read().rows.map(\.observation))
    data.outline.isSimulated = true
    let report = try StudyReport(StudyAnalysis(data, options: .init(replicates: 10)), of: data)
    for name in report.files.keys where name.hasSuffix(".csv") {
      #expect(try table(name, report).allSatisfy { $0["simulated"] == "1" })
    }
    let codebook = String(decoding: try #require(report.files["codebook-of-results.md"]), as: UTF8.self)
    #expect(codebook.contains("simulation and not from people"))
  }

  @Test func results() throws {
    #expect(throws: StudyError.self) { try StudyAnalysis(json: Data("{}".utf8), place: "analysis.json") }
    let (_, report) = try report([])
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("report-\(UUID())").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try report.write(to: folder)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
    #expect(Set(names) == Set(report.files.keys) && names.contains("mixed-models.R"))
  }
}
