import Foundation
import Study
import Synchronization

/// Measures how many answers a second a collector acknowledges, and how long one waits.
struct LoadTrial {
  /// How many connections send at once.
  var connections = 64
  /// Answers in a request.
  var batch = 10
  /// How long, in seconds.
  var seconds = 10.0
  /// Answers a second that are sent at most; as many as go if absent.
  var rate: Double?

  struct Report: CustomStringConvertible {
    var acknowledged = 0
    var failed = 0
    var seconds = 0.0
    /// Milliseconds of each request, sorted.
    var latencies: [Double] = []

    func quantile(_ share: Double) -> Double {
      latencies.isEmpty ? 0 : latencies[min(latencies.count - 1, Int(share * Double(latencies.count)))]
    }

    var description: String {
      String(
        format: "%.0f answers a second acknowledged in %d requests, %d failed; median %.1f ms, p99 %.1f ms, "
          + "longest %.1f ms", Double(acknowledged) / seconds, latencies.count, failed, quantile(0.5),
        quantile(0.99), quantile(1))
    }
  }

  /// Sends to the collector of ``TrialStudy`` at a port. Throws ``StudyError``.
  func run(port: Int) throws -> Report {
    let definition = TrialStudy.definition()
    let plan = try StudyPlan.make(for: definition, participants: 64, seed: 1)
    let assignments = try StudyAssignment.all(plan, of: definition)
    let hash = try definition.hash()
    let total = Mutex(Report())
    let threads = DispatchGroup()
    let start = Date()
    for number in 0..<connections {
      threads.enter()
      Thread.detachNewThread { [self] in
        let own = send(port: port, hash: hash, assignments, number: number, start: start)
        total.withLock {
          $0.acknowledged += own.acknowledged
          $0.failed += own.failed
          $0.latencies += own.latencies
        }
        threads.leave()
      }
    }
    threads.wait()
    var report = total.withLock { $0 }
    report.seconds = -start.timeIntervalSinceNow
    report.latencies.sort()
    return report
  }

  private func send(
    port: Int, hash: String, _ assignments: [Int: StudyAssignment], number: Int, start: Date
  ) -> Report {
    var report = Report()
    let participant = TrialParticipant(port: port, hash: hash)
    guard (try? participant.begin()) != nil, let place = participant.place,
      let trial = assignments[place.row]?.trials.first(where: { $0.part == "labels" })
    else {
      report.failed += 1
      return report
    }
    // Requests at even intervals, the connections one after another.
    let interval = rate.map { Double(connections * batch) / $0 }
    var due = start.addingTimeInterval((interval ?? 0) * Double(number) / Double(connections))
    while -start.timeIntervalSinceNow < seconds {
      if let interval {
        let wait = due.timeIntervalSinceNow
        if wait > 0 { usleep(UInt32(wait * 1e6)) }
        due += interval
      }
      let answers = (0..<batch).map { place in
        StudyAnswer(
          eventID: UUID().uuidString.lowercased(), session: participant.place?.session ?? "",
          trialID: trial.id,
          question: "rating-\(1 + place % 3)", value: "4", reactionMilliseconds: 1250,
          shownAt: "2026-11-22T10:00:00.000Z", answeredAt: "2026-11-22T10:00:01.500Z", awayMilliseconds: 0,
          viewport: "1280x720")
      }
      let sent = Date()
      if let response = try? participant.post("events", participant.body(answers)), response.status == 200 {
        report.acknowledged += batch
        report.latencies.append(-sent.timeIntervalSinceNow * 1000)
      } else {
        report.failed += 1
      }
    }
    return report
  }
}
