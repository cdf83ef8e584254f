import Foundation
import Testing

@testable import Study

@Suite struct SimulatedParticipantTests {
  private let definition = StudyFixture.definition([
    StudyFixture.rating(items: 8, methods: 3, catches: 2, repeats: 2, practice: 1),
    StudyFixture.words(items: 6, methods: 3),
    StudyFixture.choice(items: 4, methods: 2, arrangement: .crossed, queries: 2),
  ])

  private func events(_ participants: Int, given: [String: Double], seed: UInt64) throws -> [ResponseEvent] {
    let plan = try StudyPlan.make(for: definition, participants: 12, seed: 1)
    let assignments = try StudyAssignment.all(plan, of: definition)
    let taste = SimulatedTaste(definition, given: given, seed: seed)
    return try (0..<participants).flatMap { number -> [ResponseEvent] in
      let assignment = try #require(assignments[1 + number % 12])
      var participant = SimulatedParticipant(number, of: definition, taste: taste, seed: seed)
      let name = String(format: "%016x", number)
      // Each is an answer to what was asked, or this throws.
      return try participant.answers(
        assignment, session: name, start: Date(timeIntervalSince1970: 1_767_600_000)
      ).map { try assignment.event(for: $0, participant: name, place: "simulation") }
    }
  }

  @Test func sameSeedSameAnswers() throws {
    let first = try events(6, given: [:], seed: 2)
    #expect(try events(6, given: [:], seed: 2) == first)
    #expect(try events(6, given: [:], seed: 3) != first)
    #expect(Set(first.map(\.eventID)).count == first.count)
    #expect(first.allSatisfy { EventForm.isTime($0.answeredAt) && EventForm.isEventID($0.eventID) })
  }

  /// What simulated participants think is what the analysis finds.
  @Test func effectIsFoundAgain() throws {
    let given = ["method-0": 4.2, "method-1": 2.2, "method-2": 3.2]
    let data = try StudyData(try events(60, given: given, seed: 5), of: definition)
    let analysis = StudyAnalysis(data, options: .init(replicates: 200))
    let part = analysis.parts[0]
    #expect(part.comparison.p.map { $0 < 1e-6 } == true)
    let means = part.methods.compactMap(\.scores.mean)
    #expect(means[0] > means[2] && means[2] > means[1])
    #expect(analysis.parts[2].methods.compactMap { $0.choices?.accuracy }.allSatisfy { $0 > 0.5 })
    #expect(analysis.participation.begun == 60)
  }
}
