import Foundation
import Study
import Testing

@testable import Collector
@testable import CollectorTrial

/// Requests that no page sends: an error each, and nothing changed.
@Suite struct HostileTests {
  private static let events = "/collect/trial-study/events"

  private func headers(_ participant: TrialParticipant, _ changes: [String: String?] = [:]) -> [String:
    String]
  {
    var headers = participant.headers
    for (name, value) in changes { headers[name] = value }
    return headers
  }

  @Test func otherOrigins() throws {
    let collector = try RunningCollector()
    let participant = try collector.participant()
    let body = Array(participant.body([try collector.answer(participant)]).canonical.utf8)
    let before = try collector.kept()
    for origin in [
      nil, "null", "", "https://study.example.org.evil.example", "http://study.example.org",
      "https://STUDY.example.org",
      "https://study.example.org/", "https://study.example.org:8443",
      "https://evil.example, https://study.example.org",
    ] {
      for step in [
        "events", "begin", "resume", "finish", "withdraw", "form/answer", "form/begin", "form/withdraw",
      ] {
        let response = try PlainClient(port: collector.port).answer(
          "/collect/trial-study/" + step, body, headers: headers(participant, ["Origin": origin]))
        #expect(response.status == 403, "\(origin ?? "none") \(step)")
        #expect(response.headers["access-control-allow-origin"] == nil)
      }
    }
    #expect(try collector.kept() == before)
  }

  @Test func otherTokens() throws {
    let collector = try RunningCollector()
    let participant = try collector.participant(row: 1)
    let other = try collector.participant(row: 2)
    let answer = try collector.answer(participant)
    let body = Array(participant.body([answer]).canonical.utf8)
    let before = try collector.kept()
    let token = participant.place?.token ?? ""
    for authorization in [
      nil, "", "Bearer", "Bearer ", "Bearer \(String(repeating: "0", count: 32))",
      "Bearer \(token.uppercased())x",
      "Basic \(token)", "Bearer \(token) \(token)", "Bearer \(Secret.digest(token))", "Bearer %00",
      "Bearer ' OR 1=1 --",
    ] {
      let response = try PlainClient(port: collector.port).answer(
        Self.events, body, headers: headers(participant, ["Authorization": authorization]))
      #expect(response.status == 401, "\(authorization ?? "none")")
    }
    // Another participant's token: neither the session nor the trials are theirs.
    let session = try other.post("events", other.body([answer]))
    #expect(session.status == 422 && session.body.contains("events[0].session"))
    var own = answer
    own.session = other.place?.session ?? ""
    let trial = try other.post("events", other.body([own]))
    #expect(trial.status == 422 && trial.body.contains("events[0].trial_id"))
    #expect(try collector.kept() == before)
  }

  @Test func guessingIsSlowedDown() throws {
    let collector = try RunningCollector(options: ["strangers=5"])
    let stranger = TrialParticipant(port: collector.port, hash: collector.hash)
    let statuses = try (0..<8).map { _ in
      try stranger.post("withdraw", .object(["code": .string("0000-0000-0000")])).status
    }
    #expect(statuses == [404, 404, 404, 404, 404, 429, 429, 429])
  }

  @Test func tooManyRequestsOfOne() throws {
    let collector = try RunningCollector(options: ["participant=3"])
    let participant = try collector.participant()
    let body = participant.body([try collector.answer(participant)])
    for _ in 0..<3 { #expect(try participant.post("events", body).status == 200) }
    let response = try participant.post("events", body)
    #expect(response.status == 429 && response.headers["retry-after"] == "5")
    // The others aren't held up.
    let other = try collector.participant()
    #expect(try other.post("events", other.body([try collector.answer(other)])).status == 200)
  }

  @Test func bodiesThatCannotBeUnderstood() throws {
    let collector = try RunningCollector()
    let participant = try collector.participant()
    let answer = try collector.answer(participant)
    let good = participant.body([answer]).canonical
    let before = try collector.kept()
    let hash = collector.hash
    let bodies: [(String, Int)] = [
      ("", 400), ("{", 400), ("[]", 400), ("null", 400), (good + good, 400),
      (good.replacing("\"events\":[", with: "\"method\":\"vital\",\"events\":["), 400),
      (good.replacing("\"value\":\"4\"", with: "\"value\":\"4\",\"value\":\"5\""), 400),
      (good.replacing("\"value\":\"4\"", with: "\"value\":4"), 400),
      (good.replacing("\"value\":\"4\"", with: "\"value\":\"6\""), 422),
      (good.replacing("rating-1", with: "rating-9"), 422),
      (good.replacing(hash, with: String(repeating: "0", count: 64)), 409),
      (good.replacing("\"attempt\":1", with: "\"attempt\":1e3"), 400),
      ("{\"study_hash\":\"\(hash)\",\"events\":[]}", 400), ("{\"study_hash\":\"\(hash)\"}", 400),
      (String(repeating: "[", count: 100_000), 400),
      (
        participant.body(
          (0...100).map { _ in
            var copy = answer
            copy.eventID = UUID().uuidString.lowercased()
            return copy
          }
        ).canonical, 400
      ),
    ]
    for (body, status) in bodies {
      let response = try PlainClient(port: collector.port).answer(
        Self.events, Array(body.utf8), headers: headers(participant))
      #expect(response.status == status, "\(body.prefix(80)) \(response.body)")
    }
    for type in ["text/plain", "application/x-www-form-urlencoded", "", "application/jsonp"] {
      let response = try PlainClient(port: collector.port).answer(
        Self.events, Array(good.utf8), headers: headers(participant, ["Content-Type": type]))
      #expect(response.status == 415)
    }
    #expect(try collector.kept() == before)
  }

  @Test func tooLarge() throws {
    let collector = try RunningCollector(options: ["body=10000"])
    let participant = try collector.participant()
    let before = try collector.kept()
    let large = [UInt8](repeating: UInt8(ascii: " "), count: 10_001)
    let response = try PlainClient(port: collector.port).answer(
      Self.events, large, headers: headers(participant))
    #expect(response.status == 413)
    // One that says it is small, or nothing at all.
    let client = try PlainClient(port: collector.port)
    var head = "POST \(Self.events) HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n"
    for (name, value) in headers(participant) { head += "\(name): \(value)\r\n" }
    try client.send(head + "\r\n")
    for _ in 0..<40 { try? client.send("400\r\n" + String(repeating: " ", count: 1024) + "\r\n") }
    #expect(((try? client.response().status) ?? 413) == 413)
    // An endless one is cut off.
    let endless = try PlainClient(port: collector.port)
    try endless.send(head + "\r\n")
    var sent = 0
    while sent < 20_000, (try? endless.send("400\r\n" + String(repeating: " ", count: 1024) + "\r\n")) != nil
    {
      sent += 1
    }
    #expect(sent < 20_000)
    let heads = try PlainClient(port: collector.port)
    try? heads.send("GET /health HTTP/1.1\r\nHost: x\r\nX: \(String(repeating: "a", count: 200_000))\r\n\r\n")
    #expect(((try? heads.response().status) ?? 431) >= 400)
    #expect(try collector.kept() == before)
  }

  @Test func slow() throws {
    let collector = try RunningCollector(options: ["seconds=1"])
    let participant = try collector.participant()
    let before = try collector.kept()
    var head = "POST \(Self.events) HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n"
    for (name, value) in headers(participant) { head += "\(name): \(value)\r\n" }
    // A byte now and then, in the head and in the body; and nothing at all.
    for start in ["POST \(Self.events) HTTP/1.1\r\nX: ", head + "\r\n", ""] {
      let client = try PlainClient(port: collector.port, seconds: 5)
      try client.send(start)
      let began = Date()
      var isCut = false
      while !isCut, -began.timeIntervalSinceNow < 10 {
        usleep(100_000)
        if start.isEmpty { isCut = client.isClosed() } else { isCut = (try? client.send("a")) == nil }
      }
      #expect(isCut && -began.timeIntervalSinceNow < 6, "\(start.prefix(20))")
    }
    #expect(try collector.kept() == before)
  }

  @Test func tooManyConnectionsWait() throws {
    let collector = try RunningCollector(options: ["connections=2"])
    var held = try (0..<2).map { _ in try PlainClient(port: collector.port) }
    for client in held { #expect(try client.get("/health").status == 200) }
    let third = try PlainClient(port: collector.port, seconds: 1)
    #expect(throws: PlainClient.Broken.self) { try third.get("/health") }
    held.removeAll()
    // What it asked for is answered as soon as there is a place.
    #expect(try third.response().status == 200)
  }

  @Test func wrongPaths() throws {
    let collector = try RunningCollector()
    let participant = try collector.participant()
    let body = Array(participant.body([try collector.answer(participant)]).canonical.utf8)
    let before = try collector.kept()
    for path in [
      "/collect/trial-study/../../etc/passwd", "/collect/%2e%2e/%2e%2e/etc/passwd",
      "/collect/other-study/events",
      "/collect/trial-study/events/../begin/x", "/collect/trial-study/export",
      "/collect/trial-study/events%00",
      "/collect/trial-study/answers.sqlite", "/answers.sqlite", "/..//collect/x",
      "/\(String(repeating: "a", count: 5000))",
      "/collect/trial-study//", "/collect/*/events", "/collect/trial-study/events;x=1",
      "/collect/TRIAL-STUDY/events",
    ] {
      let response = try PlainClient(port: collector.port).answer(path, body, headers: headers(participant))
      #expect(response.status == 404, "\(path) \(response.status)")
      #expect(try PlainClient(port: collector.port).get(path).status == 404, "\(path)")
    }
    #expect(try collector.kept() == before)
  }

  @Test func bytesThatAreNoHTTP() throws {
    let collector = try RunningCollector()
    let before = try collector.kept()
    for text in [
      "\u{0}\u{1}\u{2}\r\n\r\n", "GET\r\n\r\n", "POST / HTTP/9.9\r\n\r\n",
      "GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
      "POST \(Self.events) HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
      "POST \(Self.events) HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      "POST \(Self.events) HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
      "\u{16}\u{3}\u{1}\u{2}\u{0}",
    ] {
      let client = try PlainClient(port: collector.port, seconds: 2)
      try? client.send(text)
      if let response = try? client.response() { #expect(response.status >= 400, "\(text)") }
    }
    #expect(try PlainClient(port: collector.port).get("/health").status == 200)
    #expect(try collector.kept() == before)
  }
}
