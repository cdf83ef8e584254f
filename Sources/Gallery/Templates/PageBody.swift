/// A page's content, which is rendered when it is asked for: then many are rendered at once.
struct PageBody: Sendable {
  /// The filled template, in Markdown.
  let filled: @Sendable () throws -> FilledTemplate

  /// The content as it stands in the page.
  func html() throws -> HTML { try filled().html() }
}
