import ArgumentParser
import Collector
import Logging
import Study

/// `vitrine collect`
struct CollectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "collect", abstract: "Take the answers to a study and keep them.",
    discussion: """
      What participants are told is saved is on disk. Only this machine can connect unless --host says otherwise; to the \
      world, put a web server that speaks HTTPS before it (docs/collector.md). Ctrl-C ends it when what is under way is \
      saved.

      EXAMPLE
        vitrine collect studies/pilot --origin https://study.example.org
        vitrine study status studies/pilot
      """)

  @OptionGroup var study: StudyOptions

  @Option(help: "The interface to listen at, by name or number.")
  var host = "127.0.0.1"

  @Option(help: "The port to listen at; 0 takes a free one.")
  var port = 8321

  @Option(
    name: .customLong("origin"),
    help: ArgumentHelp(
      "From where the study's pages are served, as scheme, host and port; may be repeated. Without it, this machine.",
      valueName: "origin"))
  var origins: [String] = []

  @Option(
    help: ArgumentHelp("The largest size of the database in MiB; no limit if left out.", valueName: "MiB"))
  var size: Int?

  @Option(
    help: ArgumentHelp("What is logged: info tells each request, warning only faults.", valueName: "level"))
  var log = "info"

  private static let levels = Logger.Level.allCases.map(\.rawValue)

  func validate() throws {
    guard (0...65_535).contains(port) else { throw ValidationError("--port is from 0 to 65535") }
    guard size.map({ (1...1_000_000).contains($0) }) ?? true else {
      throw ValidationError("--size is from 1 to 1000000")
    }
    guard Logger.Level(rawValue: log) != nil else {
      throw ValidationError("--log is one of \(Self.levels.joined(separator: ", "))")
    }
    guard !origins.isEmpty || isLocal else {
      throw ValidationError(
        "--host \(host) lets others connect: say by --origin from where the study's pages are served, "
          + "such as https://study.example.org")
    }
    guard !origins.isEmpty || port > 0 else {
      throw ValidationError(
        "--port 0 takes any port: say by --origin from where the study's pages are served")
    }
  }

  private var isLocal: Bool { ["127.0.0.1", "localhost", "::1"].contains(host) }

  func run() throws {
    let read = try study.folder.read()
    var configuration = Collector.Configuration(
      definition: read.definition, plan: read.plan, databasePath: study.databasePath,
      origins: origins.isEmpty ? ["http://127.0.0.1:\(port)", "http://localhost:\(port)"] : origins)
    configuration.host = host
    configuration.port = port
    configuration.limits.databaseBytes = size.map { $0 << 20 }
    var logger = Logger(label: "vitrine.collect", factory: StreamLogHandler.standardError(label:))
    logger.logLevel = Logger.Level(rawValue: log) ?? .info
    let collector = try Collector(configuration, logger: logger)
    let (name, host, path) = (read.definition.name, host, study.databasePath)
    try Waiting.value {
      try await collector.run { port in
        Console.note("taking answers to \(name) at http://\(host):\(port)/collect/\(name), kept in \(path)")
      }
    }
    Console.note("stopped; all that was acknowledged is in \(path)")
  }
}
