import Foundation
import Testing

@testable import Study

/// Whatever is collected, there are results or reasons, and files.
@Suite struct AnyStudyTests {
  /// Small studies of random shape: missing answers, one method, one target, extreme ratings, mixed tasks.
  @Test func randomObservations() throws {
    var generator = SeededGenerator(seed: 77)
    let ratings = [1, 2, 3, 4, 5, 5, 5, 0, -7, .max, .min]
    for round in 0..<300 {
      let limit = 1 + generator.index(below: 5)
      let rows = (0..<generator.index(below: 30)).map { _ in
        let answer: Observation.Answer =
          switch generator.index(below: round % 3 + 1) {
          case 0: .rating(ratings[generator.index(below: round % 2 == 0 ? 5 : ratings.count)])
          case 1:
            .choice(isRight: generator.uniform() < 0.7, confidence: generator.index(below: 2) == 0 ? nil : 3)
          default: .word(["zebra", "", "=1"][generator.index(below: 3)])
          }
        return Observation(
          participant: "p\(generator.index(below: limit))", part: "part\(generator.index(below: 2))",
          kind: TrialKind.allCases[generator.index(below: 4)], target: "t\(generator.index(below: limit))",
          method: "m\(generator.index(below: limit))", answer: answer,
          isRight: generator.index(below: 2) == 0 ? nil : generator.index(below: 2) == 0,
          reactionMilliseconds: generator.index(below: 3) == 0 ? nil : generator.index(below: 100_000))
      }
      let data = StudyData(study: "any", rows)
      let rules = ExclusionRules(
        catchShare: generator.uniform(), shortestSeconds: generator.index(below: 20),
        sameValueShare: generator.uniform())
      let analysis = StudyAnalysis(
        data, rules: rules, options: .init(seed: 1, replicates: 20),
        measure: WordMeasure(name: "length") { .init(similarity: $0.count == $1.count ? 1 : 0, matched: nil) }
      )
      let report = try StudyReport(analysis, of: data)
      let json = try #require(report.files["analysis.json"])
      #expect(try StudyAnalysis(json: json, place: "analysis.json") == analysis)
      for (name, file) in report.files where name.hasSuffix(".csv") {
        _ = try CSVReader.records(file, place: name)
        let text = String(decoding: file, as: UTF8.self)
        #expect(!text.contains("nan") && !text.contains("inf,"), "\(name)")
      }
    }
  }

  /// All tasks of a study with forms, from rows to files, words by WordNet.
  @Test func fullStudy() throws {
    let definition = StudyFixture.full
    let plan = try StudyPlan.make(for: definition, participants: 12, seed: 3)
    var generator = SeededGenerator(seed: 8)
    var events: [ResponseEvent] = []
    for (row, assignment) in try StudyAssignment.all(plan, of: definition).sorted(by: { $0.key < $1.key }) {
      let participant = "000000000000000\(String(row % 16, radix: 16))"
      for trial in assignment.trials {
        for question in trial.questions {
          let value: String
          switch question.values {
          case .oneOf(let values):
            value = question.right.first ?? values[generator.index(below: values.count)]
          case .text: value = ["a zebra", "itme", "nothing i know"][generator.index(below: 3)]
          }
          let answer = StudyFixture.answer(trial.id, question.id, value, number: events.count)
          events.append(try assignment.event(for: answer, participant: participant, place: "answer"))
        }
      }
    }
    var data = try StudyData(events, of: definition)
    // The fixture's words are no words.
    for index in data.outline.parts.indices {
      data.outline.parts[index].words = data.outline.parts[index].words.mapValues { _ in "item" }
    }
    let analysis = StudyAnalysis(
      data, rules: definition.exclusions, options: .init(replicates: 50),
      measure: .wordNet(try InstalledWordNet.get()))
    #expect(analysis.exclusions.isEmpty && analysis.participation.complete == 12)
    #expect(analysis.participation.steps.allSatisfy { $0.begun == 12 && $0.ended == 12 })
    #expect(analysis.parts.map(\.methods.count) == [4, 3, 2])
    #expect(analysis.parts[0].methods.allSatisfy { $0.scores.count == 120 })
    #expect(analysis.parts[0].reliability.pairs == 12 * 2 * 4)
    let words = analysis.parts[1].words
    #expect(words.count == 12 * 9)
    #expect(
      words.filter { $0.answer == "itme" }.allSatisfy { $0.similarity == 1 && $0.matched == "item – item" })
    #expect(words.filter { $0.answer == "nothing i know" }.allSatisfy { $0.similarity < 1 })
    #expect(analysis.parts[2].methods.allSatisfy { $0.choices?.accuracy == 1 })
    let report = try StudyReport(analysis, of: data)
    #expect(report.files.count == 16)
  }
}
