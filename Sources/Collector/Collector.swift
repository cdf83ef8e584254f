import Foundation
public import Hummingbird
public import HummingbirdCore
public import Logging
import NIOCore
public import Study

/// Collects the answers to a study over HTTP and keeps them in SQLite. What it acknowledges is on disk.
public final class Collector: Sendable {
  /// What a collector needs to know.
  public struct Configuration: Sendable {
    /// The study.
    public var definition: StudyDefinition
    /// Who sees what in it.
    public var plan: StudyPlan
    /// The database's file, on a disk of this machine. It is made if there is none.
    public var databasePath: String
    /// The name or number of the network interface; by default only this machine can connect.
    public var host = "127.0.0.1"
    /// The port; 0 takes a free one.
    public var port = 8321
    /// The origins of the study's pages, exactly as browsers send them: `https://study.example.org`.
    public var origins: [String]
    /// How much is taken at once.
    public var limits = CollectorLimits()

    /// A configuration with everything else at its default.
    public init(definition: StudyDefinition, plan: StudyPlan, databasePath: String, origins: [String]) {
      self.definition = definition
      self.plan = plan
      self.databasePath = databasePath
      self.origins = origins
    }
  }

  private let configuration: Configuration
  private let logger: Logger
  private let intake: Intake

  /// Opens the database. Throws ``StudyError`` or ``CollectorError``.
  public init(_ configuration: Configuration, logger: Logger) throws {
    try Self.check(configuration.origins)
    self.configuration = configuration
    self.logger = logger
    intake = try Intake(
      configuration.definition, configuration.plan, databasePath: configuration.databasePath,
      limits: configuration.limits)
  }

  /// Adds the study's addresses to a router, for a server that has others too. ``close()`` is then the caller's to call, and
  /// the server should be ``server(_:)``.
  public func addRoutes(to router: some RouterMethods) {
    IntakeRoutes(intake: intake, origins: Set(configuration.origins), logger: logger).add(to: router)
  }

  /// Collects until the program is told to end (SIGTERM, SIGINT) or the task is cancelled. Requests under way are answered, and
  /// the database is closed. `onReady` gets the port. Throws ``CollectorError``.
  public func run(onReady: @escaping @Sendable (Int) -> Void = { _ in }) async throws {
    let router = Router()
    addRoutes(to: router)
    router.get("health") { _, _ in Response.text("ok") }
    router.get("ready") { [intake] _, _ in
      do {
        try await intake.checkReady()
        return Response.text("ready")
      } catch {
        return ((error as? IntakeFault) ?? .storage("\(error)")).json
      }
    }
    let limits = configuration.limits
    let application = Application(
      router: router, server: Self.server(limits),
      configuration: .init(
        address: .hostname(configuration.host, port: configuration.port), backlog: 512,
        availableConnectionsDelegate: MaximumAvailableConnections(limits.connections)),
      onServerRunning: { onReady($0.localAddress?.port ?? 0) }, logger: logger)
    do {
      try await application.runService()
    } catch {
      try? close()
      guard let error = error as? IOError else { throw error }
      throw CollectorError.address(
        host: configuration.host, port: configuration.port, reason: String(cString: strerror(error.errnoCode))
      )
    }
    try close()
  }

  /// Brings everything to its end and closes the database. Throws ``CollectorError``.
  public func close() throws(CollectorError) {
    intake.queue.close()
    try intake.store.close()
  }

  /// A server that cuts off what is slow or too large.
  public static func server(_ limits: CollectorLimits) -> HTTPServerBuilder {
    .http1(
      configuration: .init(
        additionalChannelHandlers: [RequestDeadline(limits)],
        httpDecoderConfiguration: .init(
          maxHeaderFieldSize: 8 * 1024, maxHeaderListSize: 16 * 1024, maxHeaderFieldCount: 100)))
  }

  private static func check(_ origins: [String]) throws(CollectorError) {
    guard !origins.isEmpty else {
      throw .setting("no origin is given; say from where pages are served, such as https://study.example.org")
    }
    for origin in origins {
      let parts = origin.split(separator: "/", omittingEmptySubsequences: false)
      guard parts.count == 3, parts[0] == "https:" || parts[0] == "http:", parts[1].isEmpty,
        !parts[2].isEmpty,
        origin == origin.lowercased(), !parts[2].contains("*"), !parts[2].contains("@")
      else {
        throw .setting(
          "\"\(origin)\" is no origin; it is scheme, host and port only, such as https://study.example.org")
      }
    }
  }
}
