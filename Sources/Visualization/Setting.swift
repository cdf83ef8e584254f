/// One setting that a method understands: its name, default and limits. The reference page is made of these.
public struct Setting: Sendable, Equatable {
  /// What values are allowed beyond the type of the default.
  public enum Limit: Sendable, Equatable {
    /// Anything of the default's type.
    case any
    /// Numbers in a closed range.
    case range(ClosedRange<Double>)
    /// Whole numbers in a closed range.
    case whole(ClosedRange<Int>)
    /// One of these words.
    case choice([String])
    /// A list of numbers, each in a closed range.
    case list(ClosedRange<Double>)
  }

  /// The name in a configuration, such as `learning_rate`.
  public let name: String
  /// The value that is used when nothing else is asked for; it also fixes the type.
  public let standard: SettingValue
  /// The values allowed.
  public let limit: Limit
  /// One sentence: what it does, its unit, where the default comes from.
  public let summary: String

  /// A setting that takes anything of its default's type.
  public init(_ name: String, _ standard: SettingValue, _ summary: String) {
    self.init(name, standard, .any, summary)
  }

  /// A setting.
  public init(_ name: String, _ standard: SettingValue, _ limit: Limit, _ summary: String) {
    self.name = name
    self.standard = standard
    self.limit = limit
    self.summary = summary
  }
}
