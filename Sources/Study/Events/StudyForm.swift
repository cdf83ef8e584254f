/// What a participant fills in beside the trials. The names stand as part and as trial in rows.
public enum StudyForm: String, Sendable, CaseIterable {
  /// The consent: one question of this name, whose answer is the hash of the text.
  case consent
  /// Questions about the instructions.
  case comprehension
  /// Questions about the person.
  case demographics
}
