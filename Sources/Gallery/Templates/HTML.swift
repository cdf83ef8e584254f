/// A finished piece of HTML that templates take as it is, written `{{{name}}}`.
struct HTML: Sendable, Equatable, Codable {
  /// The markup.
  let markup: String

  init(_ markup: String) { self.markup = markup }

  init(from decoder: any Decoder) throws {
    markup = try decoder.singleValueContainer().decode(String.self)
  }
}
