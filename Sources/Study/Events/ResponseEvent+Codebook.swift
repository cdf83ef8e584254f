/// What the columns mean.
extension ResponseEvent {
  private static let meanings: [(column: String, form: String, meaning: String)] = [
    ("study", "text", "the study's name"),
    ("study_hash", "64 hexadecimal digits", "SHA-256 of the study's definition, which the participant saw"),
    ("participant", "16 hexadecimal digits", "a pseudonym; nothing leads from it to a person"),
    ("session", "16 hexadecimal digits", "a sitting; who came back has several"),
    ("trial_index", "whole number from 1", "the screen's place in the participant's study, forms included"),
    ("trial_id", "text", "the screen within the participant's assignment"),
    ("part", "text", "the part of the study; `consent`, `comprehension`, `demographics` are forms"),
    ("kind", "practice, main, catch, repeat", "what the screen is for; forms are `main`"),
    ("target", "text, empty in forms", "the class or unit that the pictures are of"),
    ("method", "text, empty in forms", "what made the picture that is judged"),
    (
      "image_sha256", "64 hexadecimal digits, empty in forms",
      "the picture that is judged; in choices the query that excites more"
    ),
    (
      "position", "whole number from 1, empty in forms",
      "where that picture stood; a choice is right if its value is this number"
    ),
    ("question", "text", "`rating`, `word`, `choice`, `confidence`, or a form's question"),
    (
      "value", "text",
      "the answer: ratings 1 (worst) to 5 (best), choices 1 or 2, confidence 1 to 3, words as written"
    ),
    ("rt_ms", "whole number, may be empty", "milliseconds from the painting of the screen to the answer"),
    ("shown_at", "UTC, may be empty", "when the screen was painted, by the participant's clock"),
    ("answered_at", "UTC", "when the answer was given, by the participant's clock"),
    (
      "attempt", "whole number from 1",
      "of several rows with equal participant, trial_id, question and position the highest counts"
    ),
    ("event_id", "UUID", "the row's identity; no two rows share one"),
    ("away_ms", "whole number, may be empty", "milliseconds of rt_ms in which the page wasn't in view"),
    ("viewport", "WIDTHxHEIGHT, may be empty", "the size of the window in CSS pixels"),
  ]

  /// The codebook of a study's rows, in Markdown.
  public static func codebook(study: String, hash: String) -> String {
    let rows = meanings.map { "| `\($0.column)` | \($0.form) | \($0.meaning) |" }
    return """
      # Codebook of \(study)

      Study hash: `\(hash)`

      One row is one answer to one question. Rows are in the order in which they came, and are never changed.

      | column | form | meaning |
      |---|---|---|
      \(rows.joined(separator: "\n"))

      """
  }
}
