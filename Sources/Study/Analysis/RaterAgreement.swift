/// How far participants agree on what they judged.
public struct RaterAgreement: Codable, Equatable, Sendable {
  /// What is rated: pictures, each a target by a method.
  public let units: Int
  /// Krippendorff's alpha: ordinal for ratings, nominal for choices (right or wrong), interval for similarities of words.
  public let alpha: Finding<Double>
  /// The intraclass correlation of participants who rated every picture.
  public let intraclass: Finding<IntraclassCorrelation>

  /// The agreement on a table's cells.
  init(_ table: ScoreTable, task: StudyPart.Task) {
    // Of several judgements of one picture by one participant, which only data from elsewhere have, the last counts.
    var units: [Int: [Int: Double]] = [:]
    for cell in table.cells {
      units[cell.target * table.methods.count + cell.method, default: [:]][cell.participant] = cell.score
    }
    let rows = units.sorted { $0.key < $1.key }.map(\.value)
    self.units = rows.count
    alpha = Finding { () throws(Undefined) in
      try KrippendorffAlpha.value(
        // In an order that doesn't change from run to run, and neither do sums.
        rows.map { row in row.sorted { $0.key < $1.key }.map(\.value) },
        level: task == .rating ? .ordinal : task == .choice ? .nominal : .interval)
    }
    let complete = table.participants.indices.filter { participant in
      rows.allSatisfy { $0[participant] != nil }
    }
    intraclass = Finding { () throws(Undefined) in
      guard task == .rating else { throw Undefined("it is computed for ratings only") }
      guard !rows.isEmpty, complete.count > 1 else {
        throw Undefined("\(complete.count) participants rated every picture; it needs two")
      }
      return try IntraclassCorrelation(rows.map { row in complete.compactMap { row[$0] } })
    }
  }
}
