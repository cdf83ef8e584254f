import Foundation
import Study
import Testing

@testable import Collector
@testable import CollectorTrial

/// What pages with JavaScript do.
@Suite struct AnswerTests {
  @Test func fromBeginningToEnd() throws {
    let collector = try RunningCollector()
    let participant = try collector.participant()
    let answers = collector.allAnswers(participant)
    let early = try participant.post("finish", .object(["study_hash": .string(collector.hash)]))
    #expect(early.status == 409 && early.body.contains("are missing"))
    for start in stride(from: 0, to: answers.count, by: 10) {
      let batch = Array(answers[start..<min(start + 10, answers.count)])
      let response = try participant.post("events", participant.body(batch))
      #expect(response.status == 200 && response.body.contains("\"saved\""))
      #expect(response.headers["access-control-allow-origin"] == TrialStudy.origin)
      #expect(response.headers["cache-control"] == "no-store")
    }
    for _ in 0..<2 {
      let done = try participant.post("finish", .object(["study_hash": .string(collector.hash)]))
      #expect(done.status == 200 && done.body.contains("C0MPLETE"))
    }
    let archive = try StudyArchive(databasePath: collector.database)
    let status = try archive.status()
    #expect(status.begun == 1 && status.completed == 1 && status.answers == answers.count)
    let place = try #require(participant.place)
    let assignment = try #require(collector.assignments[place.row])
    let expected = try answers.map {
      try assignment.event(for: $0, participant: place.participant, place: "answer")
    }
    #expect(try archive.events() == expected)
  }

  @Test func theSameAgainIsSuccessAndAnotherIsAConflict() throws {
    let collector = try RunningCollector()
    let participant = try collector.participant(row: 1)
    let answer = try collector.answer(participant)
    #expect(try participant.post("events", participant.body([answer])).status == 200)
    let again = try participant.post("events", participant.body([answer]))
    #expect(again.status == 200 && again.body.contains("\"known\""))
    let before = try collector.kept()
    var other = answer
    other.value = "1"
    let conflict = try participant.post("events", participant.body([other]))
    #expect(conflict.status == 409 && conflict.body.contains("events[0].event_id"))
    // A batch with one wrong answer is refused whole.
    let fresh = try collector.answer(participant, value: "2")
    #expect(try participant.post("events", participant.body([fresh, other])).status == 409)
    // Nor can somebody else take the identity, even with the same answer.
    let stranger = try collector.participant(row: 1)
    var stolen = answer
    stolen.session = stranger.place?.session ?? ""
    let kept = try collector.kept()
    #expect(try stranger.post("events", stranger.body([stolen])).status == 409)
    #expect(try collector.kept() == kept)
    #expect(kept.dropLast() == before.dropLast())
  }

  @Test func laterAttemptsCountAndEarlierOnesStay() throws {
    let collector = try RunningCollector()
    let participant = try collector.participant()
    var second = try collector.answer(participant, value: "2")
    second.attempt = 2
    var first = try collector.answer(participant, value: "5")
    first.attempt = 1
    // They come in the wrong order.
    for answer in [second, first] {
      #expect(try participant.post("events", participant.body([answer])).status == 200)
    }
    let archive = try StudyArchive(databasePath: collector.database)
    #expect(try archive.events().map(\.value) == ["2", "5"])
    var latest = StudyArchive.Selection()
    latest.latestOnly = true
    #expect(try archive.events(latest).map(\.value) == ["2"])
  }

  @Test(arguments: StudyDefinition.ResumePolicy.allCases)
  func comingBack(_ policy: StudyDefinition.ResumePolicy) throws {
    let collector = try RunningCollector(resume: policy)
    let participant = try collector.participant()
    let answer = try collector.answer(participant)
    #expect(try participant.post("events", participant.body([answer])).status == 200)
    let response = try participant.post("resume", .object(["study_hash": .string(collector.hash)]))
    switch policy {
    case .block: #expect(response.status == 403 && response.body.contains("blocked"))
    case .resume:
      #expect(response.status == 200 && response.body.contains(answer.trialID))
      #expect(response.body.contains("\"attempt\":1"))
    case .restart:
      #expect(response.status == 200 && !response.body.contains(answer.trialID))
      #expect(response.body.contains("\"attempt\":2"))
    }
    // What the outbox still has from before is taken in any case.
    let late = try collector.answer(participant, value: "3")
    #expect(try participant.post("events", participant.body([late])).status == 200)
  }

  @Test func withdrawingDeletesAndCounts() throws {
    let collector = try RunningCollector()
    let begun = try PlainClient(port: collector.port).answer(
      "/collect/trial-study/begin", Array("{\"study_hash\":\"\(collector.hash)\"}".utf8),
      headers: ["Origin": TrialStudy.origin, "Content-Type": "application/json"])
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(begun.body.utf8)) as? [String: Any])
    let code = try #require(object["withdrawal_code"] as? String)
    let token = try #require(object["token"] as? String)
    let other = try collector.participant()
    #expect(try other.post("events", other.body([try collector.answer(other)])).status == 200)
    for wrong in ["", "0000-0000-0000", "x", String(repeating: "A", count: 1000)] {
      #expect(try other.post("withdraw", .object(["code": .string(wrong)])).status == 404)
    }
    let written = code.lowercased().replacing("-", with: " ").replacing("0", with: "o")
    #expect(try other.post("withdraw", .object(["code": .string(written)])).status == 200)
    #expect(try other.post("withdraw", .object(["code": .string(code)])).status == 404)
    let status = try StudyArchive(databasePath: collector.database).status()
    #expect(status.begun == 1 && status.withdrawn == 1 && status.answers == 1)
    let gone = try PlainClient(port: collector.port).answer(
      "/collect/trial-study/resume", Array("{\"study_hash\":\"\(collector.hash)\"}".utf8),
      headers: [
        "Origin": TrialStudy.origin, "Content-Type": "application/json", "Authorization": "Bearer \(token)",
      ])
    #expect(gone.status == 410)
  }

  @Test func secretsAreKeptAsDigestsOnly() throws {
    let collector = try RunningCollector()
    let participant = try collector.participant()
    let token = try #require(participant.place?.token)
    for name in try FileManager.default.contentsOfDirectory(atPath: collector.folder.path) {
      let data = try #require(FileManager.default.contents(atPath: collector.folder.path + "/" + name))
      #expect(data.range(of: Data(token.utf8)) == nil, "\(name)")
    }
  }

  @Test func tellsWhetherItLives() throws {
    let collector = try RunningCollector()
    let client = try PlainClient(port: collector.port)
    #expect(try client.get("/health").status == 200)
    #expect(try client.get("/ready").status == 200)
    #expect(try client.get("/").status == 404)
  }

  @Test func aTakenPortIsNamed() throws {
    let collector = try RunningCollector()
    let other = collector.folder.path + "/other.sqlite"
    #expect {
      try Child(folder: collector.folder.path, database: other, port: collector.port)
    } throws: {
      "\($0)".contains("can't listen at 127.0.0.1, port \(collector.port): Address already in use")
    }
    #expect(try PlainClient(port: collector.port).get("/health").status == 200)
  }

  @Test func otherOriginsMayAskIfTheyAreConfigured() throws {
    let collector = try RunningCollector()
    for (origin, status) in [(TrialStudy.origin, 204), ("https://evil.example", 403)] {
      let client = try PlainClient(port: collector.port)
      try client.send(
        "OPTIONS /collect/trial-study/events HTTP/1.1\r\nHost: x\r\nOrigin: \(origin)\r\n"
          + "Access-Control-Request-Method: POST\r\n\r\n")
      #expect(try client.response().status == status)
    }
  }
}
