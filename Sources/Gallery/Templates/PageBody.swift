/// A page's content, which is rendered when it is asked for: then many are rendered at once.
struct PageBody: Sendable {
  /// The filled template, in Markdown.
  let markdown: @Sendable () throws -> String

  /// The content as it stands in the page.
  func html() throws -> HTML { HTML(TextEscape.tidy(Markdown.html(template: try markdown()))) }
}
