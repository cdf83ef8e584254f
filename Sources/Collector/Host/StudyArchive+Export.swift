import Foundation
import Study
import Support

/// Files for the analysis.
extension StudyArchive {
  /// Writes `events.jsonl`, `events.csv` and `codebook.md` into a folder. Throws ``CollectorError`` or ``FileError``.
  /// Returns the number of rows.
  @discardableResult public func export(to folder: String, _ selection: Selection = .init()) throws -> Int {
    let events = try events(selection)
    let lines = events.map { $0.jsonLine + "\n" }.joined()
    let records = events.map { $0.csvRecord + "\r\n" }.joined()
    let status = try status()
    func path(_ name: String) -> String { (folder as NSString).appendingPathComponent(name) }
    try AtomicFile.write(lines, to: path("events.jsonl"))
    try AtomicFile.write(ResponseEvent.csvHeader + "\r\n" + records, to: path("events.csv"))
    try AtomicFile.write(
      ResponseEvent.codebook(study: status.study, hash: status.studyHash), to: path("codebook.md"))
    return events.count
  }
}
