import Foundation
import HTTPTypes
import Hummingbird
import Study

/// What browsers without JavaScript send: a form for each trial, answered by the way to the next page.
extension IntakeRoutes {
  /// Fields `study_hash`, `next`, and if need be `row` and `test`. In `next`, `{row}` stands for the row that is handed out.
  @Sendable func formBegin(_ incoming: Incoming) async throws -> Response {
    var fields = try FormFields(incoming.body)
    try intake.checkHash(try fields.need("study_hash"))
    let next = try Self.onward(try fields.need("next"))
    var beginning = Intake.Beginning()
    if let text = fields.take("row"), !text.isEmpty {
      guard let row = Int(text) else {
        throw IntakeFault.malformed(place: "row", reason: "a number is expected")
      }
      beginning.row = row
    }
    if let text = fields.take("test") {
      guard text == "true" else { throw IntakeFault.malformed(place: "test", reason: "can only be true") }
      beginning.isTest = true
    }
    for name in intake.definition.completion.passed { beginning.passed[name] = fields.take(name) }
    try fields.end()
    guard limiter.allows("begin", intake.limits.beginRate) else { throw IntakeFault.tooMany }
    let begun = try await intake.begin(beginning)
    var response = Response.onward(to: next.replacing("{row}", with: String(begun.row)))
    for (name, value) in [(tokenCookie, begun.token), (codeCookie, begun.withdrawalCode)] {
      response.headers.append(HTTPField(name: .setCookie, value: cookie(name, value, days: 30)))
    }
    return response
  }

  /// Fields `study_hash`, `next`, `trial_id`, and one for each question.
  @Sendable func formAnswer(_ incoming: Incoming) async throws -> Response {
    var fields = try FormFields(incoming.body)
    try intake.checkHash(try fields.need("study_hash"))
    let next = try Self.onward(try fields.need("next"))
    let trial = try fields.need("trial_id")
    try await intake.keep(form: fields.rest, trial: trial, token: try token(incoming))
    return .onward(to: next)
  }

  /// Fields `study_hash` and, if a page follows, `next`. The answer has the codes.
  @Sendable func formFinish(_ incoming: Incoming) async throws -> Response {
    var fields = try FormFields(incoming.body)
    try intake.checkHash(try fields.need("study_hash"))
    let next = try fields.take("next").map(Self.onward)
    try fields.end()
    let completed = try await intake.finish(token: try token(incoming))
    let words = words
    var paragraphs = [words.allSaved]
    if let code = completed.code { paragraphs.append("\(words.completionCode): \(code)") }
    if let code = incoming.cookies[codeCookie].flatMap(Secret.withdrawalCode(written:)) {
      paragraphs.append("\(words.withdrawalCode): \(code)")
      paragraphs.append(words.withdrawalNote)
    }
    // What the study was about comes first, and then the way back.
    let links =
      [next.map { (address: $0, text: words.goOn) }]
      + [completed.onward.map { (address: $0, text: words.completionLink) }]
    return .page(
      title: words.thanksTitle, paragraphs: paragraphs, links: links.compactMap { $0 }, language: language)
  }

  /// Field `code`.
  @Sendable func formWithdraw(_ incoming: Incoming) async throws -> Response {
    var fields = try FormFields(incoming.body)
    let code = try fields.need("code")
    try fields.end()
    guard limiter.allows("withdraw", intake.limits.strangerRate) else { throw IntakeFault.tooMany }
    try await intake.withdraw(code: code)
    return .page(title: words.withdrawnTitle, paragraphs: [words.withdrawn], language: language)
  }

  /// An address of this site, such as `../../rows/{row}/2.html`: nothing in it can lead to another one. Throws
  /// ``IntakeFault``.
  static func onward(_ address: String) throws(IntakeFault) -> String {
    let isPlain = address.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
      default: "/._-?=&{}".utf8.contains(byte)
      }
    }
    guard isPlain, !address.isEmpty, address.utf8.count <= 200, !address.contains("//") else {
      throw .malformed(place: "next", reason: "an address within this site is expected")
    }
    return address
  }

  /// A cookie that only this site's requests have and no script reads; over HTTPS only, if pages come so.
  private func cookie(_ name: String, _ value: String, days: Int) -> String {
    let isSecure = origins.allSatisfy { $0.hasPrefix("https:") }
    return "\(name)=\(value); Path=/; Max-Age=\(days * 86_400); HttpOnly; SameSite=Strict"
      + (isSecure ? "; Secure" : "")
  }
}
