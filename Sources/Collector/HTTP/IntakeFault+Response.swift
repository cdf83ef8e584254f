import Hummingbird
import Study

/// Faults as answers.
extension IntakeFault {
  /// The status, a short name for programs, and a sentence for people.
  var answer: (status: HTTPResponse.Status, name: String, place: String?, sentence: String) {
    switch self {
    case .malformed(let place, let reason): (.badRequest, "malformed", place, reason)
    case .mediaType(let expected):
      (.unsupportedMediaType, "media-type", nil, "the content must be \(expected)")
    case .unknownToken: (.unauthorized, "unknown-token", nil, "nobody who takes part has this token")
    case .withdrawn: (.gone, "withdrawn", nil, "these answers were withdrawn, and no more are kept")
    case .origin: (.forbidden, "origin", nil, "this page isn't one from which answers are taken")
    case .blocked: (.forbidden, "blocked", nil, "this study can't be entered a second time")
    case .notFound(let reason): (.notFound, "not-found", nil, reason)
    case .conflict(let place, let reason): (.conflict, "conflict", place, reason)
    case .tooLarge(let bytes): (.contentTooLarge, "too-large", nil, "a request has at most \(bytes) bytes")
    case .refused(let place, let reason): (.unprocessableContent, "refused", place, reason)
    case .tooMany: (.tooManyRequests, "too-many", nil, "too many requests; try again in some seconds")
    case .busy: (.serviceUnavailable, "busy", nil, "too much to do; try again in some seconds")
    // The database's own words are for the log, not for a page.
    case .storage:
      (.serviceUnavailable, "storage", nil, "nothing can be saved now; try again in some seconds")
    case .full:
      (
        .init(code: 507, reasonPhrase: "Insufficient Storage"), "full", nil,
        "nothing can be saved now, for the disk is full"
      )
    }
  }

  /// Whether trying the same again later may help.
  private var isPassing: Bool {
    switch self {
    case .tooMany, .busy, .storage, .full: true
    default: false
    }
  }

  /// The fault as JSON, `{"error":{"name":…,"place":…,"reason":…}}`.
  var json: Response {
    let answer = answer
    var members: [String: JSONValue] = ["name": .string(answer.name), "reason": .string(answer.sentence)]
    members["place"] = answer.place.map(JSONValue.string)
    return retryable(.json(.object(["error": .object(members)]), status: answer.status))
  }

  /// The fault as a page.
  func page(_ words: StudyWords, language: String) -> Response {
    let answer = answer
    let text = answer.place.map { "\($0): \(answer.sentence)" } ?? answer.sentence
    return retryable(
      .page(
        title: words.errorTitle, paragraphs: [text, words.errorBack], language: language,
        status: answer.status))
  }

  private func retryable(_ response: Response) -> Response {
    guard isPassing else { return response }
    var response = response
    response.headers[.retryAfter] = "5"
    return response
  }
}
