import Foundation
import Study
import Support

/// Files for the analysis.
extension StudyArchive {
  /// Writes `events.jsonl`, `events.csv`, `participants.csv` and `codebook.md` into a folder. Throws ``CollectorError`` or
  /// ``FileError``. Returns the number of rows.
  @discardableResult public func export(to folder: String, _ selection: Selection = .init()) throws -> Int {
    let events = try events(selection)
    let lines = events.map { $0.jsonLine + "\n" }.joined()
    let records = events.map { $0.csvRecord + "\r\n" }.joined()
    let people = try table(participants(testRuns: selection.testRuns), passed: selection.passed)
    let status = try status()
    func path(_ name: String) -> String { (folder as NSString).appendingPathComponent(name) }
    try AtomicFile.write(lines, to: path("events.jsonl"))
    try AtomicFile.write(ResponseEvent.csvHeader + "\r\n" + records, to: path("events.csv"))
    try AtomicFile.write(people.text, to: path("participants.csv"))
    let columns = people.columns.map { "| `\($0.name)` | \($0.meaning) |\n" }.joined()
    try AtomicFile.write(
      ResponseEvent.codebook(study: status.study, hash: status.studyHash)
        + "\n`participants.csv` has \(people.meaning).\n\n| column | meaning |\n|---|---|\n" + columns,
      to: path("codebook.md"))
    return events.count
  }

  private func table(_ participants: [ParticipantRecord], passed: Bool) -> CSVTable {
    let names = passed ? Set(participants.flatMap(\.passed.keys)).sorted() : []
    var table = CSVTable(
      "participants", "a row for each participant, in the order in which they began",
      columns: [
        ("participant", "the pseudonym that stands in the events"),
        ("plan_row", "the row of the plan, from 1"),
        ("begun_at", "when the participant began, in UTC by the collector's clock"),
        ("finished_at", "when the last answer that must be given was there; empty if it never was"),
      ] + names.map { ($0, "what the participant's link handed on under this name") })
    func time(_ seconds: Int) -> CSVTable.Field {
      .text(Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601))
    }
    for participant in participants {
      table.append(
        [
          .text(participant.id), .count(participant.row), time(participant.begunAt),
          participant.finishedAt.map(time) ?? .empty,
        ] + names.map { .optional(participant.passed[$0]) })
    }
    return table
  }
}
