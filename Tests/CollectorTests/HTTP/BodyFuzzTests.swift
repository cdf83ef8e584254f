import Foundation
import Study
import Testing

@testable import Collector
@testable import CollectorTrial

/// Damaged and hostile bodies at every address: each gets an answer of its own, a refused one changes nothing, and what is kept
/// is what the assignment asks for.
@Suite struct BodyFuzzTests {
  /// `VITRINE_FUZZ_ROUNDS` sets the number of bodies.
  private var rounds: Int {
    ProcessInfo.processInfo.environment["VITRINE_FUZZ_ROUNDS"].flatMap { Int($0) } ?? 3000
  }

  /// A request that would be taken if it weren't damaged, and what its address answers then.
  private struct Original {
    let step: String
    let body: [UInt8]

    var isForm: Bool { step.hasPrefix("form/") }
    var successes: Set<Int> {
      switch step {
      case "begin": [201]
      case "form/begin", "form/answer": [303]
      default: [200]
      }
    }
  }

  private func originals(_ collector: RunningCollector, _ participant: TrialParticipant) -> [Original] {
    let answers = Array(collector.allAnswers(participant).prefix(3))
    let hash = collector.hash
    let form = "study_hash=\(hash)&next=2.html&trial_id=\(answers[2].trialID)&rating-1=4&rating-2=%32"
    return [
      ("events", participant.body(answers).canonical),
      ("begin", "{\"study_hash\":\"\(hash)\",\"row\":3,\"passed\":{\"PROLIFIC_PID\":\"a\"}}"),
      ("resume", "{\"study_hash\":\"\(hash)\"}"), ("finish", "{\"study_hash\":\"\(hash)\"}"),
      ("withdraw", "{\"code\":\"0000-0000-0000\"}"), ("form/answer", form),
      ("form/begin", "study_hash=\(hash)&next=%7Brow%7D.html&row=2"),
      ("form/finish", "study_hash=\(hash)&next=thanks.html"), ("form/withdraw", "code=0000-0000-0000"),
    ].map { Original(step: $0.0, body: Array($0.1.utf8)) }
  }

  @Test(arguments: [1, 2]) func bodies(seed: UInt64) throws {
    let collector = try RunningCollector()
    let participant = try collector.participant()
    let place = try #require(participant.place)
    let originals = originals(collector, participant)
    var chance = Chance(seed: seed)
    var client = try PlainClient(port: collector.port)
    var kept = try collector.kept()
    var refused = 0
    for round in 0..<rounds {
      let original = originals[chance.number(below: originals.count)]
      let body = damaged(original.body, &chance)
      var headers = participant.headers
      if original.isForm {
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        headers["Cookie"] = "vitrine-trial-study=\(place.token)"
      }
      let response = try client.answer("/collect/trial-study/" + original.step, body, headers: headers)
      let isTaken = original.successes.contains(response.status)
      #expect(isTaken || (400..<500).contains(response.status), "round \(round): \(response)")
      if !isTaken {
        refused += 1
        let type = response.headers["content-type"] ?? ""
        #expect(
          type.hasPrefix(original.isForm ? "text/html" : "application/json"), "round \(round): \(response)")
      }
      // Reading everything back takes longer than the request.
      if isTaken || round % 10 == 0 {
        let now = try collector.kept()
        #expect(isTaken || now == kept, "round \(round): \(original.step) was refused and changed something")
        kept = now
      }
      if response.headers["connection"] == "close" { client = try PlainClient(port: collector.port) }
    }
    #expect(refused > rounds / 3 && refused < rounds)
    for event in try StudyArchive(databasePath: collector.database).events()
    where event.participant == place.participant {
      try collector.assignments[place.row]?.check(event, place: "row")
    }
  }

  /// What readers of JSON and forms have stumbled over: put in somewhere, or in place of everything.
  private static let hostile = [
    "\u{0}", "\\u0000", "\\ud800", "\\udfff\\ud800", "1e999", "-0", "1e-400", "9007199254740993",
    "18446744073709551616",
    "NaN", "Infinity", "true", "null", "\"\"", "[[[[[[[[[[[[[[[[[[[[", "{\"a\":{\"a\":{\"a\":", "/*",
    "\u{FEFF}", "\u{202E}",
    "%00", "%ZZ", "%C0%80", "%uD800", "&&&&", "=&=", "'; DROP TABLE event; --", "<script>", "../../",
    "\r\nSet-Cookie: a=b",
  ]

  private func damaged(_ original: [UInt8], _ chance: inout Chance) -> [UInt8] {
    var body = original
    for _ in 0...chance.number(below: 3) where !body.isEmpty {
      let place = chance.number(below: body.count)
      switch chance.number(below: 9) {
      case 0: body[place] = UInt8(chance.number(below: 256))
      case 1: body.remove(at: place)
      case 2: body.insert(Array("\"{}[],:\\0e-&=%+".utf8)[chance.number(below: 15)], at: place)
      case 3: body.removeLast(body.count - place)
      case 4: body[place] ^= 1 << UInt8(chance.number(below: 8))
      case 5: body.insert(contentsOf: [0xC3, 0x28, 0xED, 0xA0, 0x80], at: place)
      case 6, 7:
        let text = Array(Self.hostile[chance.number(below: Self.hostile.count)].utf8)
        if chance.number(below: 8) == 0 { body = text } else { body.insert(contentsOf: text, at: place) }
      default:
        let end = min(body.count, place + chance.number(below: 40))
        body.insert(contentsOf: body[place..<end], at: chance.number(below: body.count))
      }
    }
    return body
  }
}
