/// How names become classes of a network that reads texts.
public struct ZeroShotOptions: Sendable {
  /// How far the texts are.
  public struct Progress: Sendable, Equatable {
    /// Texts read.
    public var done: Int
    /// Texts to read.
    public var total: Int
  }

  /// The sentences that names are put into; `nil` for what `model.yaml` says, else ``PromptTemplates/ensemble``.
  public var templates: PromptTemplates?
  /// Where directions are kept; `nil` for nowhere.
  public var cache: ZeroShotCache?
  /// Is told how far the texts are.
  public var progress: @Sendable (Progress) -> Void

  /// Options.
  public init(
    templates: PromptTemplates? = nil, cache: ZeroShotCache? = .standard,
    progress: @escaping @Sendable (Progress) -> Void = { _ in }
  ) {
    self.templates = templates
    self.cache = cache
    self.progress = progress
  }
}
