import Foundation
import Testing

@testable import Study

@Suite struct TrialImportTests {
  private let table = """
    worker,neuron,condition,is_correct,confidence,rt,is_catch
    w1,u1,natural,True,3,1.25,False
    w1,u2,synthetic,False,1,NA,False
    w2,u1,natural,1,,2,0
    w2,c1,natural,yes,2,0.5,yes

    """

  private func map(_ more: [String] = []) throws -> ColumnMap {
    try ColumnMap(
      [
        "subject=worker", "unit=neuron", "method=condition", "correct=is_correct", "confidence=confidence",
        "reaction-time=rt", "catch=is_catch", "time-unit=seconds",
      ] + more)
  }

  private func fault(_ text: String) throws -> String? {
    do {
      _ = try TrialImport.observations(Data(text.utf8), map: map(), place: "trials.csv")
      return nil
    } catch let error as StudyError {
      return error.description
    }
  }

  @Test func trials() throws {
    let trials = try TrialImport.observations(Data(table.utf8), map: map(), place: "trials.csv")
    #expect(trials.count == 4)
    #expect(
      trials[0]
        == Observation(
          participant: "w1", part: "trials", target: "u1", method: "natural",
          answer: .choice(isRight: true, confidence: 3), isRight: true, reactionMilliseconds: 1250))
    #expect(
      trials[1].answer == .choice(isRight: false, confidence: 1) && trials[1].reactionMilliseconds == nil)
    #expect(trials[2].answer == .choice(isRight: true, confidence: nil))
    #expect(trials[3].kind == .catch)
  }

  /// The same commands as for a study of our own.
  @Test func analyzed() throws {
    let trials = try TrialImport.observations(Data(table.utf8), map: map(), place: "trials.csv")
    let analysis = StudyAnalysis(
      StudyData(study: "elsewhere", trials), rules: ExclusionRules(catchShare: 0.6))
    let part = try #require(analysis.parts.first)
    #expect(part.task == .choice && part.methods.map(\.method) == ["natural", "synthetic"])
    #expect(part.methods[0].choices?.right == 2 && part.methods[1].choices?.right == 0)
    #expect(analysis.exclusions.isEmpty && analysis.participation.begun == 2)
  }

  @Test func ratings() throws {
    let map = try ColumnMap(["subject=s", "unit=u", "rating=r", "part=p", "separator=semicolon"])
    let text = "s;u;r;p\na;x;4;first\na;y;5;second\n"
    let trials = try TrialImport.observations(Data(text.utf8), map: map, place: "r.csv")
    #expect(trials.map(\.answer) == [.rating(4), .rating(5)] && trials.map(\.part) == ["first", "second"])
    #expect(trials.allSatisfy { $0.method == "all" })
  }

  @Test func faults() throws {
    let header = "worker,neuron,condition,is_correct,confidence,rt,is_catch\n"
    #expect(try fault("") == "trials.csv: the table is empty")
    #expect(try fault(header) == "trials.csv: the table has no trials")
    #expect(
      try fault(header + "w1,u1,a,maybe,1,1,0\n")
        == "trials.csv:2: \"is_correct\" is \"maybe\" and not true or false, yes or no, 1 or 0")
    #expect(try fault(header + ",u1,a,1,1,1,0\n") == "trials.csv:2: \"worker\" is empty")
    #expect(try fault(header + "w,u1,a,1,1,-1,0\n") == "trials.csv:2: a reaction time of -1000.0 ms")
    #expect(try fault(header + "w,u1,a,1,1,1e999,0\n")?.hasPrefix("trials.csv:2") == true)
    #expect(try fault(header + "w,u1,a,1,1,nan,0\n") == nil)
    #expect(try fault(header + "w,u1,a,1,1,NAN,0\n")?.hasPrefix("trials.csv:2") == true)
    #expect(try fault(header + "w,u1,a,1,high,1,0\n")?.contains("no number") == true)
    #expect(
      try fault(header.replacing("neuron", with: "neurone"))?.contains("did you mean \"neurone\"?") == true)
    #expect(try fault(header.replacing(",", with: ";"))?.contains("semicolons") == true)
    #expect(try fault(header.replacing("neuron", with: "worker"))?.contains("two columns") == true)
  }

  @Test func maps() {
    #expect(throws: StudyError.self) { try ColumnMap(["subject=a"]) }
    #expect(throws: StudyError.self) { try ColumnMap(["subject=a", "unit=b"]) }
    #expect(throws: StudyError.self) { try ColumnMap(["subject=a", "unit=b", "correct=c", "rating=d"]) }
    #expect(throws: StudyError.self) { try ColumnMap(["subject=a", "unit=b", "correct="]) }
    #expect(throws: StudyError.self) { try ColumnMap(["subject=a", "unit=b", "correct=c", "unit=d"]) }
    #expect(throws: StudyError.self) {
      try ColumnMap(["subject=a", "unit=b", "correct=c", "time-unit=hours"])
    }
    #expect(
      throws: StudyError.malformed(
        place: "the column map", reason: "unknown name \"subjekt\"; did you mean \"subject\"?")
    ) {
      try ColumnMap(["subjekt=a"])
    }
  }
}
