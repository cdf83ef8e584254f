/// What a method says of itself: shown on its page of the gallery and in the command's help.
public struct MethodDescription: Sendable, Equatable {
  /// The name in configurations and file names, such as `vital`.
  public let name: String
  /// The name in headings, such as `VITAL`.
  public let title: String
  /// What it does and how, with its formula in words, as Markdown.
  public let summary: String
  /// The paper.
  public let citation: Citation
  /// Whether it needs natural pictures of the target.
  public let needsReferences: Bool

  /// A paper to cite.
  public struct Citation: Sendable, Equatable {
    /// Authors, title, venue and year in one line.
    public let text: String
    /// Where to read it.
    public let url: String
    /// The BibTeX entry.
    public let bibtex: String
  }
}
