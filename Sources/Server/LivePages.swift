import Foundation
import HTTPTypes
import Hummingbird

/// Gives each page a script that loads it anew when the site was made anew. The files of the site stay as they are.
struct LivePages<Context: RequestContext>: RouterMiddleware {
  let folder: String

  /// The script's address.
  static var scriptPath: String { "/vitrine/live.js" }

  func handle(
    _ request: Request, context: Context, next: (Request, Context) async throws -> Response
  ) async throws -> Response {
    guard request.method == .get, let file = file(request.uri.path),
      let page = try? String(contentsOfFile: file, encoding: .utf8)
    else { return try await next(request, context) }
    let tag = "<script src=\"\(Self.scriptPath)\" async></script>\n</head>"
    let text = page.replacing("</head>", with: tag, maxReplacements: 1)
    return Response(
      status: .ok, headers: [.contentType: "text/html; charset=utf-8", .cacheControl: "no-store"],
      body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
  }

  /// The page's file below the folder; `nil` for anything else.
  private func file(_ path: String) -> String? {
    guard let path = path.removingPercentEncoding, !path.contains("\0"),
      !path.split(separator: "/").contains("..")
    else { return nil }
    let name = path.hasSuffix("/") ? path + "index.html" : path
    return name.hasSuffix(".html") ? folder + name : nil
  }

  static var script: String {
    """
    "use strict";
    (async () => {
      let seen = null;
      for (;;) {
        try {
          const answer = await fetch("/vitrine/changes" + (seen === null ? "" : "?seen=" + seen), { cache: "no-store" });
          const { version } = await answer.json();
          if (seen !== null && version !== seen) location.reload();
          seen = version;
        } catch {
          await new Promise((done) => setTimeout(done, 1000));
        }
      }
    })();

    """
  }
}
