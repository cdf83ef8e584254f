import Collector
import Foundation
import Logging
import Study

/// Trials of the collector by processes of their own:
///
///     CollectorTrial serve FOLDER DATABASE PORT NOTE [NAME=NUMBER…]   a collector; its port is written to NOTE
///     CollectorTrial kill KILLS [MILLISECONDS]   the collector is killed so often under load
///     CollectorTrial load SECONDS BATCH [RATE]   answers a second, and how long one waits
@main
struct Main {
  static func main() async {
    do {
      try await run()
    } catch {
      FileHandle.standardError.write(Data("error: \(error)\n".utf8))
      exit(1)
    }
  }

  private static func run() async throws {
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
    let arguments = Array(CommandLine.arguments.dropFirst())
    switch (arguments.first, arguments.count) {
    case ("serve", 5...): try await serve(Array(arguments.dropFirst()))
    case ("kill", 2...3): try kill(Array(arguments.dropFirst()))
    case ("load", 3...4): try load(Array(arguments.dropFirst()))
    default:
      print("usage: CollectorTrial serve FOLDER DATABASE PORT NOTE [NAME=NUMBER…]")
      print("       CollectorTrial kill KILLS [MILLISECONDS] | load SECONDS BATCH [RATE]")
      exit(2)
    }
  }

  private static func serve(_ arguments: [String]) async throws {
    let study = try StudyFolder(path: arguments[0]).read()
    var configuration = Collector.Configuration(
      definition: study.definition, plan: study.plan, databasePath: arguments[1], origins: [TrialStudy.origin]
    )
    configuration.port = Int(arguments[2]) ?? 0
    // Trials ask for more than people do.
    configuration.limits.participantRate = .init(perSecond: 1e6, burst: 1e6)
    configuration.limits.beginRate = .init(perSecond: 1e6, burst: 1e6)
    configuration.limits.strangerRate = .init(perSecond: 1e6, burst: 1e6)
    for option in arguments.dropFirst(4) { try set(option, in: &configuration.limits) }
    var logger = Logger(label: "collector", factory: StreamLogHandler.standardError(label:))
    logger.logLevel = .warning
    let note = arguments[3]
    try await Collector(configuration, logger: logger).run { port in
      try? Data(String(port).utf8).write(to: URL(fileURLWithPath: note), options: .atomic)
    }
  }

  /// `body=10000`, `seconds=1`, `size=300000`, `connections=2`; `strangers=5` and `participant=3` allow so many and then none.
  private static func set(_ option: String, in limits: inout CollectorLimits) throws {
    let parts = option.split(separator: "=")
    guard parts.count == 2, let number = Int(parts[1]) else { throw Child.Failed(description: option) }
    let few = RateLimit(perSecond: 0.001, burst: Double(number))
    switch parts[0] {
    case "body": limits.bodyBytes = number
    case "seconds": limits.requestSeconds = number
    case "size": limits.databaseBytes = number
    case "connections": limits.connections = number
    case "strangers": limits.strangerRate = few
    case "participant": limits.participantRate = few
    default: throw Child.Failed(description: option)
    }
  }

  private static func kill(_ arguments: [String]) throws {
    try inFolder { folder in
      var trial = KillTrial()
      trial.kills = Int(arguments[0]) ?? 50
      if arguments.count > 1 { trial.longestLife = Int(arguments[1]) ?? 160 }
      let report = try trial.run(in: folder)
      print(report)
      if !report.lost.isEmpty || !report.strange.isEmpty || !report.wrong.isEmpty { exit(1) }
    }
  }

  private static func load(_ arguments: [String]) throws {
    try inFolder { folder in
      let definition = TrialStudy.definition()
      try StudyFolder(path: folder).write(
        definition, try StudyPlan.make(for: definition, participants: 64, seed: 1))
      let child = try Child(folder: folder, database: folder + "/answers.sqlite", port: 0)
      var trial = LoadTrial()
      trial.seconds = Double(arguments[0]) ?? 10
      trial.batch = Int(arguments[1]) ?? 10
      trial.rate = arguments.count > 2 ? Double(arguments[2]) : nil
      // The memory of the collector, a minute apart at most.
      let watch = DispatchSource.makeTimerSource(queue: .global())
      let process = child.identifier
      watch.schedule(deadline: .now() + 1, repeating: max(2, min(60, trial.seconds / 6)))
      watch.setEventHandler { print("memory of the collector: \(memory(of: process)) KiB") }
      watch.resume()
      print(try trial.run(port: child.port))
      watch.cancel()
      print("memory of the collector in the end: \(memory(of: process)) KiB; exit status \(child.stop())")
    }
  }

  private static func memory(of process: Int32) -> Int {
    let status = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
    let line = status?.split(separator: "\n").first { $0.hasPrefix("VmRSS") }
    return line?.split(whereSeparator: { !$0.isNumber }).first.flatMap { Int($0) } ?? 0
  }

  private static func inFolder(_ work: (String) throws -> Void) throws {
    let folder = NSTemporaryDirectory() + "vitrine-collector-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try work(folder)
  }
}
