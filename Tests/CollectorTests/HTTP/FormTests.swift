import Foundation
import Study
import Testing

@testable import Collector
@testable import CollectorTrial

/// What browsers without JavaScript do.
@Suite struct FormTests {
  private func post(
    _ collector: RunningCollector, _ step: String, _ fields: [String: String], cookie: String? = nil
  ) throws -> PlainClient.Response {
    var allowed = CharacterSet.alphanumerics
    allowed.insert(charactersIn: "-_.")
    let body = fields.map { name, value in
      "\(name)=\(value.addingPercentEncoding(withAllowedCharacters: allowed) ?? "")"
    }.joined(separator: "&")
    var headers = ["Origin": TrialStudy.origin, "Content-Type": "application/x-www-form-urlencoded"]
    headers["Cookie"] = cookie
    return try PlainClient(port: collector.port).answer(
      "/collect/trial-study/form/" + step, Array(body.utf8), headers: headers)
  }

  private func begin(_ collector: RunningCollector) throws -> (cookie: String, row: Int) {
    let response = try post(
      collector, "begin",
      ["study_hash": collector.hash, "next": "../../rows/{row}/1.html", "PROLIFIC_PID": "p1"])
    #expect(response.status == 303)
    let location = try #require(response.headers["location"])
    let row = try #require(location.split(separator: "/").dropLast().last.flatMap { Int($0) })
    #expect(location == "../../rows/\(row)/1.html")
    let set = try #require(response.headers["set-cookie"]).split(separator: "\n")
    #expect(set.count == 2)
    #expect(
      set.allSatisfy { $0.contains("HttpOnly") && $0.contains("SameSite=Strict") && $0.contains("Secure") })
    return (set.compactMap { $0.split(separator: ";").first }.joined(separator: "; "), row)
  }

  @Test func fromBeginningToEnd() throws {
    let collector = try RunningCollector()
    let (cookie, row) = try begin(collector)
    let assignment = try #require(collector.assignments[row])
    for trial in assignment.trials {
      var fields = ["study_hash": collector.hash, "trial_id": trial.id, "next": "2.html"]
      for question in trial.questions {
        fields[question.id] = TrialStudy.value(for: question, number: 1)
      }
      // Sent twice, as by an impatient finger: kept once.
      for _ in 0..<2 {
        let response = try post(collector, "answer", fields, cookie: cookie)
        #expect(response.status == 303 && response.headers["location"] == "2.html", "\(response)")
      }
    }
    let archive = try StudyArchive(databasePath: collector.database)
    #expect(try archive.events().count == assignment.trials.flatMap(\.questions).count)
    #expect(try archive.events().allSatisfy { $0.attempt == 1 && $0.reactionMilliseconds == nil })
    let last = ["study_hash": collector.hash, "next": "../thanks/index.html"]
    let done = try post(collector, "finish", last, cookie: cookie)
    #expect(done.status == 200 && done.body.contains("C0MPLETE"))
    // The way to what the study was about, and the way back.
    #expect(done.body.contains("<a href=\"../thanks/index.html\">"))
    #expect(done.body.contains("https://panel.example.org/done?cc=1&amp;PROLIFIC_PID=p1"))
    #expect(done.headers["content-security-policy"]?.contains("style-src 'sha256-") == true)
    let code = try #require(done.body.firstMatch(of: #/[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/#)?.output)
    #expect(try post(collector, "withdraw", ["code": String(code)]).status == 200)
    #expect(try archive.status().answers == 0)
  }

  @Test func anotherAnswerCountsFromThenOn() throws {
    let collector = try RunningCollector()
    let (cookie, row) = try begin(collector)
    let trial = try #require(collector.assignments[row]?.trials.first { $0.part == "words" })
    for word in ["bee", "wasp", "bee", "bee"] {
      let fields = ["study_hash": collector.hash, "trial_id": trial.id, "next": "2.html", "word": word]
      #expect(try post(collector, "answer", fields, cookie: cookie).status == 303)
    }
    let events = try StudyArchive(databasePath: collector.database).events()
    #expect(events.map(\.value) == ["bee", "wasp", "bee"] && events.map(\.attempt) == [1, 2, 3])
  }

  @Test func wrongForms() throws {
    let collector = try RunningCollector()
    let (cookie, row) = try begin(collector)
    let trial = try #require(collector.assignments[row]?.trials.first { $0.part == "words" })
    let good = ["study_hash": collector.hash, "trial_id": trial.id, "next": "2.html", "word": "bee"]
    let before = try collector.kept()
    func status(_ changes: [String: String?], cookie: String? = cookie) throws -> Int {
      var fields = good
      for (name, value) in changes { fields[name] = value }
      return try post(collector, "answer", fields, cookie: cookie).status
    }
    #expect(try status(["word": nil]) == 422)
    #expect(try status(["other": "1"]) == 422)
    #expect(try status(["trial_id": "nowhere"]) == 422)
    #expect(try status(["study_hash": "x"]) == 409)
    #expect(try status([:], cookie: nil) == 401)
    #expect(try status([:], cookie: "vitrine-trial-study=\(String(repeating: "0", count: 32))") == 401)
    for next in [
      "//evil.example/", "https://evil.example/", "javascript:alert(1)", "/\\evil.example", "2.html\r\nX: y",
      "", "/a//b",
    ] { #expect(try status(["next": next]) == 400, "\(next)") }
    #expect(try collector.kept() == before)
    let page = try post(collector, "withdraw", ["code": "<script>"])
    #expect(page.status == 404 && !page.body.contains("<script>"))
  }

  @Test func fields() throws {
    var fields = try FormFields(Array("a=1+2%26%C3%A9&b=".utf8))
    #expect(fields.take("a") == "1 2&é" && fields.take("b") == "")
    for text in ["a", "a=%", "a=%2", "a=%zz", "a=1&a=2", "a=%FF"] {
      #expect(throws: IntakeFault.self) { try FormFields(Array(text.utf8)) }
    }
    let many = (0..<100).map { "f\($0)=1" }.joined(separator: "&")
    #expect(throws: IntakeFault.self) { try FormFields(Array(many.utf8)) }
  }
}
