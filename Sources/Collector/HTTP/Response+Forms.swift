import Foundation
import HTTPTypes
import Hummingbird
import Study
import Support

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

  /// A page of paragraphs, with links at its end, for browsers without JavaScript.
  static func page(
    title: String, paragraphs: [String], links: [(address: String, text: String)] = [], language: String,
    status: HTTPResponse.Status = .ok
  ) -> Response {
    var html = "<!doctype html><html lang=\"\(escaped(language))\"><head><meta charset=\"utf-8\">"
    html += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
    html += "<title>\(escaped(title))</title><style>\(style)</style></head>"
    html += "<body><main><h1>\(escaped(title))</h1>"
    html += paragraphs.map { "<p>\(escaped($0))</p>" }.joined()
    html += links.map { "<p><a href=\"\(escaped($0.address))\">\(escaped($0.text))</a></p>" }.joined()
    html += "</main></body></html>\n"
    return Response(
      status: status, headers: headers("text/html; charset=utf-8"),
      body: ResponseBody(byteBuffer: ByteBuffer(string: html)))
  }

  /// How such pages look: much as the study's own, whose style they can't load.
  private static let style =
    ":root{color-scheme:light dark}body{margin:0 auto;padding:1.5rem;max-width:42rem;font:1.0625rem/1.6 Georgia,serif}"
    + "h1{font-weight:500;line-height:1.3}"

  /// By which a browser knows that it is this style and no other.
  private static let styleSource =
    "sha256-" + Data(Array(style.utf8).withUnsafeBytes(Digest.sha256Bytes)).base64EncodedString()

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
    fields[.contentSecurityPolicy] =
      "default-src 'none'; style-src '\(styleSource)'; frame-ancestors 'none'; form-action 'none'"
    // A form's `Origin` would be null without a referrer, so that the next one would be refused.
    if let name = HTTPField.Name("Referrer-Policy") { fields[name] = "same-origin" }
    return fields
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;").replacing("'", with: "&#39;")
  }
}
