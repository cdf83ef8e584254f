import Foundation
import Hummingbird
import Logging
import Study

/// The addresses of an intake, below `/collect/<study>`.
///
/// Pages with JavaScript send JSON with their token in `Authorization: Bearer`; plain forms have it in a cookie that pages
/// can't read. Either must come from an origin that is configured.
struct IntakeRoutes: Sendable {
  let intake: Intake
  let origins: Set<String>
  let logger: Logger
  let limiter = RateLimiter()

  /// What a request came with, when it is known to be one of ours.
  struct Incoming: Sendable {
    let body: [UInt8]
    let token: String?
    let cookies: [String: String]
  }

  /// How a request is read and answered.
  enum Style: String, Sendable {
    case json = "application/json"
    case form = "application/x-www-form-urlencoded"
  }

  /// What is said on the collector's own pages.
  var words: StudyWords { StudyWords(intake.definition.texts.interface) }
  var language: String { intake.definition.language }

  /// Adds the addresses to a router.
  func add(to router: some RouterMethods) {
    let group = router.group("collect/\(intake.definition.name)")
    let steps: [(String, Style, @Sendable (Incoming) async throws -> Response)] = [
      ("begin", .json, begin), ("resume", .json, resume), ("events", .json, events),
      ("finish", .json, finish),
      ("withdraw", .json, withdraw), ("form/begin", .form, formBegin), ("form/answer", .form, formAnswer),
      ("form/finish", .form, formFinish), ("form/withdraw", .form, formWithdraw),
    ]
    for (path, style, work) in steps {
      group.post("\(path)") { request, _ in await answer(request, path, style, work) }
      group.on("\(path)", method: .options) { request, _ in preflight(request) }
    }
  }

  /// Reads a request, does its work and tells the log of it. The log has neither who asked nor what was answered.
  private func answer(
    _ request: Request, _ step: String, _ style: Style, _ work: (Incoming) async throws -> Response
  ) async -> Response {
    let began = ContinuousClock.now
    let origin = request.headers[.origin]
    var response: Response
    var fault: IntakeFault?
    do {
      guard let origin, origins.contains(origin) else { throw IntakeFault.origin }
      response = try await work(try await incoming(request, style))
    } catch {
      var found = (error as? IntakeFault) ?? .storage("\(error)")
      if found == .unknownToken, !limiter.allows("strangers", intake.limits.strangerRate) { found = .tooMany }
      response = style == .json ? found.json : found.page(words, language: language)
      fault = found
    }
    if let origin, origins.contains(origin) {
      response.headers[.accessControlAllowOrigin] = origin
      response.headers[.vary] = "Origin"
    }
    log(step, response.status, fault, milliseconds: Int(began.duration(to: .now) / .milliseconds(1)))
    return response
  }

  private func log(
    _ step: String, _ status: HTTPResponse.Status, _ fault: IntakeFault?, milliseconds: Int
  ) {
    var metadata: Logger.Metadata = [
      "study": "\(intake.definition.name)", "step": "\(step)", "status": "\(status.code)",
      "ms": "\(milliseconds)",
    ]
    if let fault { metadata["fault"] = "\(fault.answer.name)" }
    // What the database said of a fault of its own; it has nothing of what was sent.
    if case .storage(let reason) = fault { metadata["reason"] = "\(reason)" }
    switch fault {
    case .storage, .full: logger.error("answers can't be kept", metadata: metadata)
    default: logger.info("request", metadata: metadata)
    }
  }

  private func incoming(_ request: Request, _ style: Style) async throws -> Incoming {
    let type = request.headers[.contentType]?.split(separator: ";").first?.lowercased()
    guard type?.trimmingCharacters(in: .whitespaces) == style.rawValue else {
      throw IntakeFault.mediaType(style.rawValue)
    }
    let limit = intake.limits.bodyBytes
    if let length = request.headers[.contentLength].flatMap(Int.init), length > limit {
      throw IntakeFault.tooLarge(limit)
    }
    var body: [UInt8] = []
    do {
      for try await chunk in request.body {
        guard body.count + chunk.readableBytes <= limit else { throw IntakeFault.tooLarge(limit) }
        body += chunk.readableBytesView
      }
    } catch let fault as IntakeFault {
      throw fault
    } catch {
      throw IntakeFault.malformed(place: "body", reason: "it broke off")
    }
    let cookies = cookies(request)
    let bearer = request.headers[.authorization].flatMap { header -> String? in
      let parts = header.split(separator: " ")
      return parts.count == 2 && parts[0].lowercased() == "bearer" ? String(parts[1]) : nil
    }
    return Incoming(
      body: body, token: style == .json ? bearer : cookies[tokenCookie], cookies: cookies)
  }

  /// Lets pages of another configured origin ask.
  private func preflight(_ request: Request) -> Response {
    guard let origin = request.headers[.origin], origins.contains(origin) else {
      return IntakeFault.origin.json
    }
    var fields = HTTPFields()
    fields[.accessControlAllowOrigin] = origin
    fields[.accessControlAllowMethods] = "POST"
    fields[.accessControlAllowHeaders] = "authorization, content-type"
    fields[.accessControlMaxAge] = "600"
    fields[.vary] = "Origin"
    return Response(status: .noContent, headers: fields)
  }

  /// The token of a request, within its participant's rate. Throws ``IntakeFault``.
  func token(_ incoming: Incoming) throws(IntakeFault) -> String {
    guard let token = incoming.token, Secret.isToken(token) else { throw .unknownToken }
    guard limiter.allows(Secret.digest(token), intake.limits.participantRate) else { throw .tooMany }
    return token
  }

  // Names of cookies.
  var tokenCookie: String { "vitrine-\(intake.definition.name)" }
  var codeCookie: String { "vitrine-\(intake.definition.name)-code" }

  private func cookies(_ request: Request) -> [String: String] {
    var cookies: [String: String] = [:]
    for pair in request.headers[.cookie]?.split(separator: ";") ?? [] {
      let parts = pair.split(separator: "=", maxSplits: 1)
      guard parts.count == 2 else { continue }
      cookies[parts[0].trimmingCharacters(in: .whitespaces)] = parts[1].trimmingCharacters(in: .whitespaces)
    }
    return cookies
  }
}
