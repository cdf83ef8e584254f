import Foundation
import Study
import Testing

@testable import Collector
@testable import CollectorTrial

/// Damaged bodies: each gets an answer, and what is kept is what the assignment asks for.
@Suite struct BodyFuzzTests {
  /// `VITRINE_FUZZ_ROUNDS` sets the number of bodies.
  private var rounds: Int {
    ProcessInfo.processInfo.environment["VITRINE_FUZZ_ROUNDS"].flatMap { Int($0) } ?? 3000
  }

  @Test(arguments: [1, 2]) func bodies(seed: UInt64) throws {
    let collector = try RunningCollector()
    let participant = try collector.participant()
    let place = try #require(participant.place)
    let answers = Array(collector.allAnswers(participant).prefix(3))
    let hash = collector.hash
    let form = "study_hash=\(hash)&next=2.html&trial_id=\(answers[2].trialID)&rating-1=4&rating-2=%32"
    let originals: [(step: String, body: [UInt8])] = [
      ("events", Array(participant.body(answers).canonical.utf8)),
      ("begin", Array("{\"study_hash\":\"\(hash)\",\"row\":3,\"passed\":{\"PROLIFIC_PID\":\"a\"}}".utf8)),
      ("resume", Array("{\"study_hash\":\"\(hash)\"}".utf8)),
      ("withdraw", Array("{\"code\":\"0000-0000-0000\"}".utf8)), ("form/answer", Array(form.utf8)),
      ("form/begin", Array("study_hash=\(hash)&next=%7Brow%7D.html&row=2".utf8)),
    ]
    var chance = Chance(seed: seed)
    var client = try PlainClient(port: collector.port)
    for round in 0..<rounds {
      let original = originals[chance.number(below: originals.count)]
      let body = damaged(original.body, &chance)
      var headers = participant.headers
      if original.step.hasPrefix("form") {
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        headers["Cookie"] = "vitrine-trial-study=\(place.token)"
      }
      let response = try client.answer("/collect/trial-study/" + original.step, body, headers: headers)
      #expect((200..<500).contains(response.status), "round \(round): \(response)")
      if response.headers["connection"] == "close" { client = try PlainClient(port: collector.port) }
    }
    for event in try StudyArchive(databasePath: collector.database).events()
    where event.participant == place.participant {
      try collector.assignments[place.row]?.check(event, place: "row")
    }
  }

  private func damaged(_ original: [UInt8], _ chance: inout Chance) -> [UInt8] {
    var body = original
    for _ in 0...chance.number(below: 3) where !body.isEmpty {
      let place = chance.number(below: body.count)
      switch chance.number(below: 6) {
      case 0: body[place] = UInt8(chance.number(below: 256))
      case 1: body.remove(at: place)
      case 2: body.insert(Array("\"{}[],:\\0e-&=%+".utf8)[chance.number(below: 15)], at: place)
      case 3: body.removeLast(body.count - place)
      case 4: body[place] ^= 1 << UInt8(chance.number(below: 8))
      default:
        let end = min(body.count, place + chance.number(below: 40))
        body.insert(contentsOf: body[place..<end], at: chance.number(below: body.count))
      }
    }
    return body
  }
}
