/// A question of a form with a fixed set of answers.
public struct FormQuestion: Codable, Equatable, Sendable {
  /// Its name in rows, such as `age`.
  public var name: String
  /// What is asked.
  public var text: String
  /// The answers.
  public var choices: [Choice]
  /// The values that are right, in a question about the instructions; empty where there is no right one.
  public var right: [String]

  /// A question from its parts.
  public init(name: String, text: String, choices: [Choice], right: [String] = []) {
    self.name = name
    self.text = text
    self.choices = choices
    self.right = right
  }

  /// An answer that can be chosen.
  public struct Choice: Codable, Equatable, Sendable {
    /// What stands in rows, such as `25-34`.
    public var value: String
    /// What the participant reads.
    public var label: String

    /// An answer from its value and its words.
    public init(value: String, label: String) {
      self.value = value
      self.label = label
    }
  }
}
