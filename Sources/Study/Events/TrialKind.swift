/// What a trial is for.
public enum TrialKind: String, Codable, Sendable, CaseIterable {
  /// It teaches the task and is never analyzed.
  case practice
  /// It is what the study is about. Answers to forms (consent, questions about the person) are of this kind too.
  case main
  /// It has a plainly right answer, which shows attention.
  case `catch`
  /// It shows a main trial again, for reliability.
  case `repeat`
}
