public import Collector
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
public import Logging
import NIOCore

/// Serves a site's folder, and takes the answers to its studies.
public final class SiteServer: Sendable {
  /// What a server needs to know.
  public struct Configuration: Sendable {
    /// The site's folder.
    public var folder: String
    /// The network interface; by default only this machine can connect.
    public var host = "127.0.0.1"
    /// The port; 0 takes a free one.
    public var port = 8321
    /// How much is taken at once.
    public var limits = CollectorLimits()

    /// A configuration with everything else at its default.
    public init(folder: String) { self.folder = folder }
  }

  private let configuration: Configuration
  private let collectors: [Collector]
  private let changes: ChangeFeed?
  private let logger: Logger

  /// A server. With `changes` open pages load themselves anew when told to.
  public init(
    _ configuration: Configuration, collectors: [Collector] = [], changes: ChangeFeed? = nil, logger: Logger
  ) {
    self.configuration = configuration
    self.collectors = collectors
    self.changes = changes
    self.logger = logger
  }

  /// Serves until the program is told to end (SIGTERM, SIGINT) or the task is cancelled, then closes the collectors. `onReady`
  /// gets the port. Throws ``CollectorError``.
  public func run(onReady: @escaping @Sendable (Int) -> Void = { _ in }) async throws {
    let router = Router()
    router.add(middleware: Guarding())
    router.add(middleware: FileMiddleware(configuration.folder, searchForIndexHtml: true, logger: logger))
    if let changes {
      router.add(middleware: LivePages(folder: configuration.folder))
      router.get("vitrine/live.js") { _, _ in
        Response(
          status: .ok, headers: [.contentType: "text/javascript; charset=utf-8", .cacheControl: "no-store"],
          body: ResponseBody(byteBuffer: ByteBuffer(string: LivePages<BasicRequestContext>.script)))
      }
      router.get("vitrine/changes") { request, _ in
        let seen = request.uri.queryParameters.get("seen").flatMap { Int($0) }
        let version =
          if let seen { await changes.version(after: seen, patience: .seconds(15)) } else { changes.version }
        return Response(
          status: .ok, headers: [.contentType: "application/json", .cacheControl: "no-store"],
          body: ResponseBody(byteBuffer: ByteBuffer(string: "{\"version\":\(version)}")))
      }
    }
    for collector in collectors { collector.addRoutes(to: router) }
    let limits = configuration.limits
    let application = Application(
      router: router, server: Collector.server(limits),
      configuration: .init(
        address: .hostname(configuration.host, port: configuration.port), backlog: 512,
        availableConnectionsDelegate: MaximumAvailableConnections(limits.connections)),
      onServerRunning: { onReady($0.localAddress?.port ?? 0) }, logger: logger)
    do {
      try await application.runService()
    } catch {
      for collector in collectors { try? collector.close() }
      guard let error = error as? IOError else { throw error }
      throw CollectorError.address(
        host: configuration.host, port: configuration.port, reason: String(cString: strerror(error.errnoCode))
      )
    }
    for collector in collectors { try collector.close() }
  }
}

/// What every answer says to browsers: not to guess what a file is, and not to show it in others' frames. What pages may load
/// stands in the pages.
private struct Guarding<Context: RequestContext>: RouterMiddleware {
  func handle(
    _ request: Request, context: Context, next: (Request, Context) async throws -> Response
  ) async throws -> Response {
    // What opens files takes a zero byte for a path's end.
    guard !request.uri.path.contains("%00") else { return Response(status: .badRequest) }
    var response = try await next(request, context)
    if response.headers[.xContentTypeOptions] == nil { response.headers[.xContentTypeOptions] = "nosniff" }
    if response.headers[.contentSecurityPolicy] == nil {
      response.headers[.contentSecurityPolicy] = "frame-ancestors 'none'"
    }
    return response
  }
}
