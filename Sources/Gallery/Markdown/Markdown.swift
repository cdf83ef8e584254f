import CCMark
import Foundation

/// CommonMark through cmark.
enum Markdown {
  /// A filled template: its own HTML passes, its values were escaped before.
  static func html(template text: [UInt8]) -> [UInt8] {
    guard let document = text.withUnsafeBytes(parse) else { return [] }
    defer { cmark_node_free(document) }
    return html(of: document, options: CMARK_OPT_UNSAFE) { Array($0) }
  }

  /// A text from outside the templates: raw HTML in it is shown as text, and links lead to the web, to mail
  /// or within the site only. Its headings begin at the second level, since the page's title is the first.
  static func html(authored text: String) -> String {
    guard let document = Array(TextEscape.visible(text).utf8).withUnsafeBytes(parse) else { return "" }
    defer { cmark_node_free(document) }
    disarm(document)
    lowerHeadings(document)
    return html(of: document, options: CMARK_OPT_DEFAULT) { String(decoding: $0, as: UTF8.self) }
  }

  private static func parse(_ text: UnsafeRawBufferPointer) -> OpaquePointer? {
    cmark_parse_document(
      text.baseAddress?.assumingMemoryBound(to: CChar.self), text.count, CMARK_OPT_DEFAULT)
  }

  private static func html<Text>(
    of document: OpaquePointer, options: Int32, _ read: (UnsafeRawBufferPointer) -> Text
  ) -> Text {
    let characters = cmark_render_html(document, options)
    defer { free(characters) }
    return read(UnsafeRawBufferPointer(start: characters, count: characters.map { strlen($0) } ?? 0))
  }

  /// Replaces raw HTML by text of the same letters, and the addresses of unsafe links by nothing.
  private static func disarm(_ document: OpaquePointer) {
    guard let iterator = cmark_iter_new(document) else { return }
    var raw: [OpaquePointer] = []
    while true {
      let event = cmark_iter_next(iterator)
      if event == CMARK_EVENT_DONE { break }
      guard event == CMARK_EVENT_ENTER, let node = cmark_iter_get_node(iterator) else { continue }
      switch cmark_node_get_type(node) {
      case CMARK_NODE_HTML_BLOCK, CMARK_NODE_HTML_INLINE: raw.append(node)
      case CMARK_NODE_LINK:
        if !isSafe(cmark_node_get_url(node).map { String(cString: $0) } ?? "") {
          cmark_node_set_url(node, "")
        }
      case CMARK_NODE_IMAGE:
        // Pictures from elsewhere would be third-party requests.
        let address = cmark_node_get_url(node).map { String(cString: $0) } ?? ""
        if scheme(of: address) != nil || address.hasPrefix("//") { cmark_node_set_url(node, "") }
      default: break
      }
    }
    cmark_iter_free(iterator)
    for node in raw { replace(node) }
  }

  /// Puts all headings a level lower if one of them is of the first.
  private static func lowerHeadings(_ document: OpaquePointer) {
    guard let iterator = cmark_iter_new(document) else { return }
    defer { cmark_iter_free(iterator) }
    var headings: [OpaquePointer] = []
    while true {
      let event = cmark_iter_next(iterator)
      if event == CMARK_EVENT_DONE { break }
      guard event == CMARK_EVENT_ENTER, let node = cmark_iter_get_node(iterator) else { continue }
      if cmark_node_get_type(node) == CMARK_NODE_HEADING { headings.append(node) }
    }
    guard headings.contains(where: { cmark_node_get_heading_level($0) == 1 }) else { return }
    for node in headings {
      cmark_node_set_heading_level(node, min(6, cmark_node_get_heading_level(node) + 1))
    }
  }

  private static func replace(_ node: OpaquePointer) {
    let isBlock = cmark_node_get_type(node) == CMARK_NODE_HTML_BLOCK
    guard let text = cmark_node_new(CMARK_NODE_TEXT) else { return }
    cmark_node_set_literal(text, cmark_node_get_literal(node))
    guard isBlock, let paragraph = cmark_node_new(CMARK_NODE_PARAGRAPH) else {
      cmark_node_replace(node, text)
      cmark_node_free(node)
      return
    }
    cmark_node_append_child(paragraph, text)
    cmark_node_replace(node, paragraph)
    cmark_node_free(node)
  }

  private static func isSafe(_ address: String) -> Bool {
    guard let scheme = scheme(of: address) else { return true }
    return ["http", "https", "mailto", "doi"].contains(scheme)
  }

  /// The scheme of an address, in lower case, as a browser would find it; `nil` for a relative one.
  private static func scheme(of address: String) -> String? {
    let visible = address.unicodeScalars.filter { $0.value > 0x20 }
    guard let colon = visible.firstIndex(of: ":") else { return nil }
    let head = String(String.UnicodeScalarView(visible[..<colon])).lowercased()
    return head.contains { "/?#".contains($0) } ? nil : head
  }
}
