import Collector
import Foundation
import Study
import Synchronization

/// Kills a collector again and again while participants answer, and counts afterwards.
struct KillTrial {
  /// How many answer at once.
  var participants = 64
  /// How often it is killed.
  var kills = 50
  /// The longest time between two kills, in milliseconds.
  var longestLife = 160

  /// What came of it.
  struct Report: CustomStringConvertible {
    var kills = 0
    var sent = 0
    var acknowledged = 0
    var kept = 0
    /// Acknowledged answers that aren't there, or not as they were sent.
    var lost: [String] = []
    /// Rows that nobody sent, or that are there twice.
    var strange: [String] = []
    /// Answers of the collector that it shouldn't have given.
    var wrong: [String] = []
    var exitStatus: Int32 = 0

    var description: String {
      "\(kills) kills, \(sent) answers sent, \(acknowledged) acknowledged, \(kept) kept, \(lost.count) lost, "
        + "\(strange.count) strange, \(wrong.count) wrong answers \(wrong.prefix(3)), exit status \(exitStatus)"
    }
  }

  /// What the participants know, all of them together.
  private final class Ledger: Sendable {
    struct Book {
      var sent: [String: ResponseEvent] = [:]
      var acknowledged: Set<String> = []
      var wrong: [String] = []
      var isOver = false
    }
    let book = Mutex(Book())

    var isOver: Bool { book.withLock { $0.isOver } }
  }

  /// Runs in a folder. Throws if the collector can't be started.
  func run(in folder: String, seed: UInt64 = UInt64.random(in: 0 ... .max)) throws -> Report {
    let definition = TrialStudy.definition()
    let plan = try StudyPlan.make(for: definition, participants: 64, seed: 1)
    try StudyFolder(path: folder).write(definition, plan)
    let assignments = try StudyAssignment.all(plan, of: definition)
    let hash = try definition.hash()
    let database = folder + "/answers.sqlite"
    let ledger = Ledger()
    var child = try Child(folder: folder, database: database, port: 0)
    let port = child.port
    let threads = DispatchGroup()
    for number in 0..<participants {
      threads.enter()
      Thread.detachNewThread {
        Self.answer(port: port, hash: hash, assignments, ledger, Chance(seed: seed &+ UInt64(number)))
        threads.leave()
      }
    }
    var report = Report()
    var chance = Chance(seed: seed &- 1)
    for _ in 0..<kills {
      usleep(UInt32(1000 * chance.number(below: longestLife)))
      // Now and then it is told to end instead, in the middle of it all.
      while chance.number(below: 8) == 0 {
        report.exitStatus = max(report.exitStatus, child.stop())
        child = try Child(folder: folder, database: database, port: port)
        usleep(UInt32(1000 * chance.number(below: longestLife)))
      }
      child.kill()
      report.kills += 1
      child = try Child(folder: folder, database: database, port: port)
    }
    // A little while to send what is still to be sent.
    usleep(500_000)
    ledger.book.withLock { $0.isOver = true }
    threads.wait()
    report.exitStatus = max(report.exitStatus, child.stop())
    try count(ledger, database, &report)
    return report
  }

  private func count(_ ledger: Ledger, _ database: String, _ report: inout Report) throws {
    let events = try StudyArchive(databasePath: database).events()
    let kept = Dictionary(grouping: events, by: \.eventID)
    ledger.book.withLock { book in
      report.sent = book.sent.count
      report.acknowledged = book.acknowledged.count
      report.kept = events.count
      report.wrong = book.wrong
      for id in book.acknowledged where kept[id]?.count != 1 || kept[id]?.first != book.sent[id] {
        report.lost.append(id)
      }
      for (id, rows) in kept where rows.count != 1 || rows.first != book.sent[id] {
        report.strange.append(id)
      }
    }
  }

  /// Answers until it is over, with all that goes wrong on the way: answers sent twice, in another order, over a connection
  /// that breaks before the acknowledgement.
  private static func answer(
    port: Int, hash: String, _ assignments: [Int: StudyAssignment], _ ledger: Ledger, _ start: Chance
  ) {
    var chance = start
    let participant = TrialParticipant(port: port, hash: hash)
    var outbox: [[StudyAnswer]] = []
    var done: [[StudyAnswer]] = []
    var number = 0
    while !ledger.isOver || !outbox.isEmpty {
      guard let place = participant.place, let assignment = assignments[place.row] else {
        if ledger.isOver { return }
        do { try participant.begin() } catch { usleep(5000) }
        continue
      }
      while outbox.count < 3, !ledger.isOver {
        outbox.append(
          (0...chance.number(below: 5)).map { _ in
            number += 1
            return newAnswer(number, place, assignment, ledger, &chance)
          })
      }
      guard !outbox.isEmpty else { return }
      // Any of those that wait, not the oldest first.
      let index = chance.number(below: outbox.count)
      let body = participant.body(outbox[index])
      if chance.number(below: 10) == 0 { participant.postAndLeave("events", body) }
      if chance.number(below: 10) == 0, let old = done.last {
        if let response = try? participant.post("events", participant.body(old)), response.status != 200 {
          ledger.book.withLock { $0.wrong.append("repeated: \(response.status) \(response.body)") }
        }
      }
      guard let response = try? participant.post("events", body) else {
        usleep(UInt32(1000 * (1 + chance.number(below: 10))))
        continue
      }
      if response.status == 200 {
        let ids = outbox[index].map(\.eventID)
        ledger.book.withLock { $0.acknowledged.formUnion(ids) }
        done.append(outbox.remove(at: index))
      } else if response.status != 503 {
        ledger.book.withLock { $0.wrong.append("\(response.status) \(response.body)") }
        return
      }
    }
  }

  private static func newAnswer(
    _ number: Int, _ place: TrialParticipant.Place, _ assignment: StudyAssignment, _ ledger: Ledger,
    _ chance: inout Chance
  ) -> StudyAnswer {
    let trial = assignment.trials[chance.number(below: assignment.trials.count)]
    let question = trial.questions[chance.number(below: trial.questions.count)]
    let answer = StudyAnswer(
      eventID: UUID().uuidString.lowercased(), session: place.session, trialID: trial.id,
      question: question.id,
      value: TrialStudy.value(for: question, number: chance.number(below: 100)), attempt: 1 + number % 9000,
      reactionMilliseconds: number, shownAt: "2026-11-22T10:00:00.000Z",
      answeredAt: "2026-11-22T10:00:01.500Z",
      awayMilliseconds: 0, viewport: "1280x720")
    if let event = try? assignment.event(for: answer, participant: place.participant, place: "answer") {
      ledger.book.withLock { $0.sent[answer.eventID] = event }
    }
    return answer
  }
}

/// Numbers by a seed.
struct Chance: Sendable {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// SplitMix64 (Steele, Lea & Flood 2014).
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A number from 0 below a bound.
  mutating func number(below bound: Int) -> Int { Int(next() % UInt64(bound)) }
}
