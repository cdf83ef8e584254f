import Foundation
import Study

/// One who answers over HTTP as the study's page does: what isn't acknowledged is sent again until it is.
final class TrialParticipant {
  /// What a participant gets when it begins.
  struct Place {
    let participant: String
    let token: String
    let session: String
    let row: Int
  }

  private let port: Int
  private let hash: String
  private var client: PlainClient?
  private(set) var place: Place?

  init(port: Int, hash: String) {
    self.port = port
    self.hash = hash
  }

  static let path = "/collect/trial-study/"

  var headers: [String: String] {
    var headers = ["Origin": TrialStudy.origin, "Content-Type": "application/json"]
    headers["Authorization"] = place.map { "Bearer \($0.token)" }
    return headers
  }

  /// Posts JSON over the connection that is kept; a broken one is given up. Throws ``PlainClient/Broken``.
  func post(_ step: String, _ body: JSONValue) throws -> PlainClient.Response {
    do {
      let client = try self.client ?? PlainClient(port: port)
      self.client = client
      let response = try client.answer(Self.path + step, Array(body.canonical.utf8), headers: headers)
      if response.headers["connection"] == "close" { self.client = nil }
      return response
    } catch {
      client = nil
      throw error
    }
  }

  /// Posts JSON and goes away before the answer comes.
  func postAndLeave(_ step: String, _ body: JSONValue) {
    try? PlainClient(port: port).post(Self.path + step, Array(body.canonical.utf8), headers: headers)
  }

  /// Begins. Throws ``PlainClient/Broken``, also if it wasn't let in.
  func begin(row: Int? = nil, isTest: Bool = false, passed: [String: String] = [:]) throws {
    var members: [String: JSONValue] = ["study_hash": .string(hash), "test": .bool(isTest)]
    if !passed.isEmpty { members["passed"] = .object(passed.mapValues(JSONValue.string)) }
    members["row"] = row.map { .number(String($0)) }
    let response = try post("begin", .object(members))
    guard response.status == 201,
      let fields = try? JSONFields(
        JSONValue(parsing: response.body.utf8, place: "answer"), place: "answer",
        known: ["participant", "token", "session", "row", "attempt", "withdrawal_code"])
    else { throw PlainClient.Broken() }
    place = Place(
      participant: try fields.text("participant"), token: try fields.text("token"),
      session: try fields.text("session"), row: try fields.whole("row", in: 1...1_000_000))
  }

  /// The body for some answers.
  func body(_ answers: [StudyAnswer]) -> JSONValue {
    .object(["study_hash": .string(hash), "events": .array(answers.map(\.json))])
  }
}
