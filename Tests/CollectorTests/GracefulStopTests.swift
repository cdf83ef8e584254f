import Foundation
import Study
import Testing

@testable import Collector
@testable import CollectorTrial

/// The collector is told to end (SIGTERM).
@Suite struct GracefulStopTests {
  /// It takes no new connection, answers a request whose second half is still to come, and doesn't wait for idle connections.
  @Test func whatIsUnderWayIsAnswered() throws {
    let folder = try TrialFolder()
    let definition = TrialStudy.definition()
    let plan = try StudyPlan.make(for: definition, participants: 1, seed: 1)
    try StudyFolder(path: folder.path).write(definition, plan)
    let database = folder.path + "/answers.sqlite"
    let collector = try Child(folder: folder.path, database: database, port: 0)
    let participant = TrialParticipant(port: collector.port, hash: try definition.hash())
    try participant.begin()
    let place = try #require(participant.place)
    let trial = try #require(plan.rows[0].trials.first { $0.part == "words" })
    let answer = StudyAnswer(
      eventID: UUID().uuidString.lowercased(), session: place.session, trialID: trial.id, question: "word",
      value: "bee", answeredAt: "2026-11-22T10:00:01.500Z")
    let body = Array(participant.body([answer]).canonical.utf8)
    var head = "POST /collect/trial-study/events HTTP/1.1\r\nHost: x\r\nContent-Length: \(body.count)\r\n"
    for (name, value) in participant.headers { head += "\(name): \(value)\r\n" }
    let late = try PlainClient(port: collector.port)
    try late.send(Array((head + "\r\n").utf8) + body.prefix(10))
    // It is surely being read when the next one is answered.
    #expect(try PlainClient(port: collector.port).get("/health").status == 200)
    usleep(200_000)
    collector.tellToEnd()
    let told = Date()
    while (try? PlainClient(port: collector.port, seconds: 1).get("/health")) != nil {
      try #require(-told.timeIntervalSinceNow < 5, "it goes on taking connections")
      usleep(20_000)
    }
    try late.send(Array(body.dropFirst(10)))
    #expect(try late.response().status == 200)
    #expect(collector.stop() == 0)
    #expect(-told.timeIntervalSinceNow < 8)
    #expect(try StudyArchive(databasePath: database).events().map(\.eventID) == [answer.eventID])
  }
}
