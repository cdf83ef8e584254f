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
    title: String, paragraphs: [String], link: (address: String, text: String)? = nil, language: String,
    status: HTTPResponse.Status = .ok
  ) -> Response {
    var html = "<!doctype html><html lang=\"\(escaped(language))\"><head><meta charset=\"utf-8\">"
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
