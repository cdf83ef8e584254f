public import Foundation
import Support

/// Plans are made, written and read.
extension StudyPlan {
  /// How many participants a plan may have.
  public static let participants = 1...10_000

  /// The assignment for a number of participants. The order of targets is a balanced Latin square within each part; method
  /// positions, subsets and sides of the right answer are balanced for each target. Throws ``StudyError``.
  public static func make(
    for definition: StudyDefinition, participants: Int, seed: UInt64
  ) throws(StudyError) -> StudyPlan {
    guard Self.participants.contains(participants) else {
      throw .plan("a plan is for 1 to \(Self.participants.upperBound) participants, not \(participants)")
    }
    try definition.validate()
    let hash = try definition.hash()
    let parts = definition.parts.map { PartPlan($0, PlanShuffle(seed: seed)) }
    let rows = (0..<participants).map { index in
      var trials = parts.flatMap { $0.trials(row: index) }
      for place in trials.indices {
        trials[place].id = String(
          Digest.sha256("\(hash)/\(seed)/\(index + 1)/\(place + 1)").prefix(12))
      }
      return Row(number: index + 1, trials: trials)
    }
    return StudyPlan(study: definition.name, studyHash: hash, seed: seed, rows: rows)
  }

  /// Writes the plan as JSON. Throws ``StudyError`` or ``FileError``.
  public func write(to path: String) throws {
    try AtomicFile.write(try CanonicalFile.text(of: self, place: path) + "\n", to: path)
  }

  /// Reads a plan and makes sure that it is one of the definition. Throws ``StudyError``.
  public init(json: Data, of definition: StudyDefinition, place: String) throws(StudyError) {
    self = try CanonicalFile.value(StudyPlan.self, json: json, place: place)
    guard format == 1 else {
      throw .malformed(place: place, reason: "is of format \(format); this version knows format 1")
    }
    _ = try StudyAssignment.all(self, of: definition)
  }
}
