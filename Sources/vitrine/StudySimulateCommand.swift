import ArgumentParser
import Collector
import Logging
import Study

/// `vitrine study simulate`
struct StudySimulateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate", abstract: "Let simulated participants answer a study over HTTP.",
    discussion: """
      For rehearsals. In a study that the exhibition marks as simulated their answers are the study's, and its pages and \
      tables say so; in any other they are test runs, which are kept apart. What they think of the methods is drawn by chance \
      unless --effect says it, so that their answers tell nothing about the methods. Without --at a collector is run for \
      them.

      EXAMPLE
        vitrine study simulate studies/pilot --participants 200
        vitrine study simulate studies/pilot --at http://127.0.0.1:8321 --effect vital=4 --effect fourier=2.5
      """)

  @OptionGroup var study: StudyOptions

  @Option(help: "How many participants.")
  var participants = 200

  @Option(help: "The seed of their answers.")
  var seed: UInt64 = 0

  @Option(help: ArgumentHelp("The address of a running collector.", valueName: "url"))
  var at: String?

  @Option(
    help: ArgumentHelp("The origin that the pages would have; that of --at if left out.", valueName: "origin")
  )
  var origin: String?

  @Option(
    name: .customLong("effect"),
    help: ArgumentHelp("The mean rating of a method, from 1 to 5; may be repeated.", valueName: "method=mean")
  )
  var effects: [String] = []

  func validate() throws {
    guard (1...10_000).contains(participants) else {
      throw ValidationError("--participants is from 1 to 10000")
    }
    _ = try qualities()
  }

  private func qualities() throws -> [String: Double] {
    var qualities: [String: Double] = [:]
    for effect in effects {
      let parts = effect.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2, let mean = Double(parts[1]), (1...5).contains(mean) else {
        throw ValidationError(
          "\"\(effect)\" should read method=mean with a mean from 1 to 5, such as vital=4")
      }
      qualities[parts[0]] = mean
    }
    return qualities
  }

  func run() throws {
    let (definition, plan) = try study.folder.read()
    let given = try qualities()
    let methods = Set(definition.parts.flatMap(\.methods))
    for method in given.keys.sorted() where !methods.contains(method) {
      throw ValidationError(
        "the study has no method \"\(method)\"; it has: \(methods.sorted().joined(separator: ", "))")
    }
    let taste = SimulatedTaste(definition, given: given, seed: seed)
    let display = TextDisplay()
    defer { display.end() }
    let (participants, seed, isTest) = (participants, seed, !definition.isSimulated)
    let answer = { @Sendable (address: String, origin: String) async throws -> Rehearsal.Outcome in
      try await Rehearsal(definition, plan, at: address, origin: origin).run(
        participants: participants, taste: taste, seed: seed, isTest: isTest
      ) { display.show($0, of: participants, "participants") }
    }
    let outcome: Rehearsal.Outcome
    if let at {
      let own = at.split(separator: "/", omittingEmptySubsequences: false).prefix(3).joined(separator: "/")
      let origin = origin ?? own
      outcome = try Waiting.value { try await answer(at, origin) }
    } else {
      outcome = try withCollector(definition, plan, answer)
    }
    let kind = definition.isSimulated ? "" : ", as test runs"
    Console.print(
      "\(Console.count(outcome.finished, "participant")) to the end, \(outcome.left) left before, "
        + "\(Console.count(outcome.answers, "answer")) kept\(kind)")
  }

  /// Runs a collector at a free port for some work.
  private func withCollector<Value: Sendable>(
    _ definition: StudyDefinition, _ plan: StudyPlan,
    _ work: @escaping @Sendable (String, String) async throws -> Value
  ) throws -> Value {
    let origin = "http://127.0.0.1"
    var configuration = Collector.Configuration(
      definition: definition, plan: plan, databasePath: study.databasePath, origins: [origin])
    configuration.port = 0
    // All participants come from one program, and at once.
    configuration.limits.beginRate = RateLimit(perSecond: 1000, burst: 10_000)
    var logger = Logger(label: "vitrine.collect", factory: StreamLogHandler.standardError(label:))
    // It is stopped by cancelling it, which its server would complain of; what it refuses its participants tell.
    logger.logLevel = .critical
    let collector = try Collector(configuration, logger: logger)
    return try Waiting.value {
      let (ports, found) = AsyncStream<Int>.makeStream()
      return try await withThrowingTaskGroup(of: Value?.self) { group in
        group.addTask {
          try await collector.run { found.yield($0) }
          return nil
        }
        var iterator = ports.makeAsyncIterator()
        guard let port = await iterator.next() else { throw CancellationError() }
        let value = try await work("http://127.0.0.1:\(port)", origin)
        group.cancelAll()
        // The collector closes its database.
        try await group.waitForAll()
        return value
      }
    }
  }
}
