/// A template's text and where it stands.
struct TemplateSource: Sendable {
  /// `pages/class`, `partials/label`, `layout`.
  let name: String
  /// The file, for messages.
  let file: String
  let text: String
}
