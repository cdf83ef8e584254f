import HTTPTypes
import Hummingbird
import Study

/// The answers of the collector.
extension Response {
  /// A JSON value.
  static func json(_ value: JSONValue, status: HTTPResponse.Status = .ok) -> Response {
    Response(
      status: status, headers: headers("application/json"),
      body: ResponseBody(byteBuffer: ByteBuffer(string: value.canonical)))
  }

  /// A line of text.
  static func text(_ text: String, status: HTTPResponse.Status = .ok) -> Response {
    Response(
      status: status, headers: headers("text/plain; charset=utf-8"),
      body: ResponseBody(byteBuffer: ByteBuffer(string: text + "\n")))
  }

  /// A page of paragraphs, with a link at its end, for browsers without JavaScript.
  static func page(
    title: String, paragraphs: [String], link: (address: String, text: String)? = nil, _ words: FormWords,
    status: HTTPResponse.Status = .ok
  ) -> Response {
    var html = "<!doctype html><html lang=\"\(escaped(words.language))\"><head><meta charset=\"utf-8\">"
    html += "<meta name=\"viewport\" content=\"width=device-width\"><title>\(escaped(title))</title></head>"
    html += "<body><main><h1>\(escaped(title))</h1>"
    html += paragraphs.map { "<p>\(escaped($0))</p>" }.joined()
    if let link { html += "<p><a href=\"\(escaped(link.address))\">\(escaped(link.text))</a></p>" }
    html += "</main></body></html>\n"
    return Response(
      status: status, headers: headers("text/html; charset=utf-8"),
      body: ResponseBody(byteBuffer: ByteBuffer(string: html)))
  }

  /// On to another page.
  static func onward(to address: String) -> Response {
    var fields = headers("text/plain; charset=utf-8")
    fields[.location] = address
    return Response(status: .seeOther, headers: fields)
  }

  private static func headers(_ type: String) -> HTTPFields {
    var fields = HTTPFields()
    fields[.contentType] = type
    fields[.cacheControl] = "no-store"
    fields[.xContentTypeOptions] = "nosniff"
    fields[.contentSecurityPolicy] = "default-src 'none'; frame-ancestors 'none'; form-action 'none'"
    // A form's `Origin` would be null without a referrer, so that the next one would be refused.
    if let name = HTTPField.Name("Referrer-Policy") { fields[name] = "same-origin" }
    return fields
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;").replacing("'", with: "&#39;")
  }
}

/// The words of the collector's own pages: English ones, or the study's.
struct FormWords: Sendable {
  let language: String
  private let own: [String: String]

  private static let english = [
    "error-title": "This could not be saved",
    "error-back": "Go back with your browser's button, and try again.",
    "saved-title": "Saved", "saved": "Your answers are saved.",
    "done-title": "Thank you", "done": "All your answers are saved.",
    "completion-code": "Your completion code:", "completion-link": "Back to where you came from",
    "withdrawal-code": "With this code you can withdraw your answers later:", "go-on": "Go on",
    "withdrawn-title": "Withdrawn", "withdrawn": "Your answers are deleted.",
  ]

  init(_ definition: StudyDefinition) {
    language = definition.language
    own = definition.texts.interface
  }

  /// The words of a name.
  subscript(name: String) -> String { own[name] ?? Self.english[name] ?? name }
}
