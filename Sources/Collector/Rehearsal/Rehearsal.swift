import Foundation
import FoundationNetworking
public import Study

/// Simulated participants who answer over HTTP as pages do.
public struct Rehearsal: Sendable {
  private let definition: StudyDefinition
  private let assignments: [Int: StudyAssignment]
  private let hash: String
  private let address: String
  private let origin: String

  /// What became of a rehearsal.
  public struct Outcome: Equatable, Sendable {
    /// Participants who got to the end.
    public var finished = 0
    /// Those who went away before.
    public var left = 0
    /// Answers that were acknowledged.
    public var answers = 0
  }

  /// A rehearsal of a study whose collector is at an address, such as `http://127.0.0.1:8321`. Throws `StudyError`.
  public init(_ definition: StudyDefinition, _ plan: StudyPlan, at address: String, origin: String) throws {
    self.definition = definition
    assignments = try StudyAssignment.all(plan, of: definition)
    hash = try definition.hash()
    self.address =
      (address.hasSuffix("/") ? String(address.dropLast()) : address) + "/collect/\(definition.name)/"
    self.origin = origin
  }

  /// Lets participants answer, eight at once. With `isTest` their answers are kept apart. Throws ``CollectorError`` for
  /// what the collector refuses, and `CancellationError`.
  public func run(
    participants: Int, taste: SimulatedTaste, seed: UInt64, isTest: Bool,
    progress: (Int) -> Void = { _ in }
  ) async throws -> Outcome {
    var outcome = Outcome()
    // Answers have times of their own, so that a rehearsal is the same whenever it is held.
    let start = Date(timeIntervalSince1970: 1_767_600_000)
    try await withThrowingTaskGroup(of: Outcome.self) { group in
      func note(_ part: Outcome) {
        outcome.finished += part.finished
        outcome.left += part.left
        outcome.answers += part.answers
        progress(outcome.finished + outcome.left)
      }
      for number in 0..<participants {
        if number >= 8, let part = try await group.next() { note(part) }
        group.addTask {
          try await answer(number, taste: taste, seed: seed, isTest: isTest, start: start)
        }
      }
      while let part = try await group.next() { note(part) }
    }
    return outcome
  }

  private func answer(
    _ number: Int, taste: SimulatedTaste, seed: UInt64, isTest: Bool, start: Date
  ) async throws -> Outcome {
    var body: [String: JSONValue] = ["study_hash": .string(hash)]
    if isTest { body["test"] = .bool(true) }
    let begun = try await post("begin", .object(body), token: nil)
    guard let token = begun["token"]?.text, let session = begun["session"]?.text,
      let row = begun["row"]?.text.flatMap({ Int($0) }), let assignment = assignments[row]
    else { throw CollectorError.setting("\(address)begin answered something else than a collector does") }
    var participant = SimulatedParticipant(number, of: definition, taste: taste, seed: seed)
    let answers = participant.answers(assignment, session: session, start: start)
    for first in stride(from: 0, to: answers.count, by: 50) {
      let batch = answers[first..<min(first + 50, answers.count)].map(\.json)
      _ = try await post(
        "events", .object(["study_hash": .string(hash), "events": .array(batch)]), token: token)
    }
    guard participant.staying == 1 else { return Outcome(left: 1, answers: answers.count) }
    _ = try await post("finish", .object(["study_hash": .string(hash)]), token: token)
    return Outcome(finished: 1, answers: answers.count)
  }

  /// Posts until it is taken; what only needs patience is tried again.
  private func post(_ step: String, _ body: JSONValue, token: String?) async throws -> [String: JSONValue] {
    guard let url = URL(string: address + step) else {
      throw CollectorError.setting("\"\(address)\" is no address")
    }
    var request = URLRequest(url: url, timeoutInterval: 30)
    request.httpMethod = "POST"
    request.httpBody = Data(body.canonical.utf8)
    request.setValue("application/json", forHTTPHeaderField: "Content-Type")
    request.setValue(origin, forHTTPHeaderField: "Origin")
    if let token { request.setValue("Bearer \(token)", forHTTPHeaderField: "Authorization") }
    for _ in 0..<120 {
      try Task.checkCancellation()
      let (data, response) = try await send(request)
      let status = (response as? HTTPURLResponse)?.statusCode ?? 0
      let value = try? JSONValue(parsing: [UInt8](data), place: step)
      if (200...299).contains(status), case .object(let members)? = value { return members }
      guard [429, 503, 507].contains(status) else {
        throw CollectorError.setting(
          "\(address)\(step) answered \(status): \(String(decoding: data.prefix(300), as: UTF8.self))")
      }
      try await Task.sleep(for: .milliseconds(500))
    }
    throw CollectorError.setting("\(address)\(step) has been too busy for a minute")
  }

  /// Not by URLSession's own asynchronous call: where that is cancelled at the moment it fails, Foundation's threads wait
  /// for each other and never go on. A request that isn't cancelled ends by itself, after its time at the latest.
  private func send(_ request: URLRequest) async throws -> (Data, URLResponse) {
    try await withCheckedThrowingContinuation { continuation in
      let task = URLSession.shared.dataTask(with: request) { data, response, error in
        if let data, let response {
          continuation.resume(returning: (data, response))
        } else {
          let reason = error?.localizedDescription ?? "it answered nothing"
          continuation.resume(throwing: CollectorError.setting("\(address) can't be reached: \(reason)"))
        }
      }
      task.resume()
    }
  }
}

extension JSONValue {
  /// A text, or a number as it was written.
  fileprivate var text: String? {
    switch self {
    case .string(let text), .number(let text): text
    default: nil
    }
  }
}
