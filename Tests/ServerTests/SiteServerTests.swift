import Collector
import Dispatch
import Foundation
import Logging
import Testing

@testable import CollectorTrial
@testable import Server

@Suite(.serialized) struct SiteServerTests {
  private let folder: Folder

  init() throws {
    folder = Folder()
    try FileManager.default.createDirectory(
      atPath: folder.path + "/site/classes/zebra", withIntermediateDirectories: true)
    try write("site/index.html", "<html><head><title>a</title></head><body>entrance</body></html>")
    try write("site/classes/zebra/index.html", "<html><head></head><body>zebra</body></html>")
    try write("site/assets.css", "body {}")
    try write("secret.html", "nobody's")
  }

  /// A folder that goes with the test.
  private final class Folder: Sendable {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("server-\(UUID().uuidString)")
      .path
    deinit { try? FileManager.default.removeItem(atPath: path) }
  }

  private func write(_ name: String, _ text: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: folder.path + "/" + name))
  }

  /// A server for as long as some work takes. The work waits for the server, so that it has a thread of its own: those on
  /// which the server runs are few.
  private func serving(
    changes: ChangeFeed? = nil, _ work: @escaping @Sendable (Int) throws -> Void
  ) async throws {
    var configuration = SiteServer.Configuration(folder: folder.path + "/site")
    configuration.port = 0
    // Beside hundreds of other tests the server may have to wait long for its turn.
    configuration.limits.requestSeconds = 600
    var logger = Logger(label: "test")
    logger.logLevel = .critical
    let server = SiteServer(configuration, changes: changes, logger: logger)
    let (ports, found) = AsyncStream<Int>.makeStream()
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await server.run { found.yield($0) } }
      var iterator = ports.makeAsyncIterator()
      let port = try #require(await iterator.next())
      try await withCheckedThrowingContinuation { (done: CheckedContinuation<Void, any Error>) in
        DispatchQueue.global().async { done.resume(with: Result { try work(port) }) }
      }
      group.cancelAll()
      try await group.waitForAll()
    }
  }

  @Test func pagesAndFiles() async throws {
    try await serving { port in
      let client = try PlainClient(port: port, seconds: 300)
      for path in ["/", "/index.html"] {
        let page = try client.get(path)
        #expect(page.status == 200 && page.body.contains("entrance") && !page.body.contains("live.js"))
        #expect(page.headers["content-type"]?.hasPrefix("text/html") == true)
        #expect(page.headers["x-content-type-options"] == "nosniff")
        #expect(page.headers["content-security-policy"] == "frame-ancestors 'none'")
      }
      #expect(try client.get("/classes/zebra/").body.contains("zebra"))
      #expect(try client.get("/assets.css").headers["content-type"]?.hasPrefix("text/css") == true)
      #expect(try client.get("/nothing.html").status == 404)
      #expect(try client.get("/vitrine/changes").status == 404)
    }
  }

  /// No way out of the site's folder.
  @Test(arguments: [false, true])
  func pathTricks(_ isLive: Bool) async throws {
    try await serving(changes: isLive ? ChangeFeed() : nil) { port in
      for path in [
        "/../secret.html", "/%2e%2e/secret.html", "/classes/../../secret.html", "/..%2fsecret.html",
        "//../secret.html",
        "/classes/%2e%2e%2f%2e%2e%2fsecret.html", "/%00/index.html", "/index.html%00", "/%zz.html",
      ] {
        let answer = try PlainClient(port: port, seconds: 300).get(path)
        #expect(
          [400, 404].contains(answer.status) && !answer.body.contains("nobody's"), "\(path): \(answer)")
      }
    }
  }

  @Test func openPagesLearnOfChanges() async throws {
    let changes = ChangeFeed()
    try await serving(changes: changes) { port in
      let client = try PlainClient(port: port, seconds: 300)
      #expect(try client.get("/").body.contains("<script src=\"/vitrine/live.js\" async></script>\n</head>"))
      #expect(
        try client.get("/vitrine/live.js").headers["content-type"]?.hasPrefix("text/javascript") == true)
      #expect(try client.get("/vitrine/changes").body == "{\"version\":0}")
      DispatchQueue.global().asyncAfter(deadline: .now() + 0.2) { changes.announce() }
      // Waits until there is news.
      #expect(try client.get("/vitrine/changes?seen=0").body == "{\"version\":1}")
      #expect(try client.get("/vitrine/changes?seen=0").body == "{\"version\":1}")
    }
  }

  @Test func waitingHasAnEnd() async {
    let changes = ChangeFeed()
    #expect(await changes.version(after: 0, patience: .milliseconds(50)) == 0)
  }
}
