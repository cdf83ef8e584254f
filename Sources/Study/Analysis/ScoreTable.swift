/// The main judgements of a part as numbers: ratings as they are, a right choice as 1 and a wrong one as 0, words by
/// their similarity with the hidden one.
struct ScoreTable: Sendable {
  /// One number.
  struct Cell: Equatable, Sendable {
    let participant: Int
    let method: Int
    let target: Int
    let score: Double
  }

  let participants: [String]
  let methods: [String]
  let targets: [String]
  let cells: [Cell]

  /// The table of some participants; `score` gives `nil` for what has no number, which then is missing.
  init(
    _ observations: [Observation], part: StudyOutline.Part, participants: [String],
    score: (Observation) -> Double?
  ) {
    let own = observations.filter { $0.part == part.name && $0.kind == .main }
    self.participants = participants
    methods = part.methods
    targets = Set(own.map(\.target)).sorted()
    let places = (Self.places(participants), Self.places(methods), Self.places(targets))
    cells = own.compactMap { observation in
      guard let participant = places.0[observation.participant], let method = places.1[observation.method],
        let target = places.2[observation.target], let score = score(observation), score.isFinite
      else { return nil }
      return Cell(participant: participant, method: method, target: target, score: score)
    }
  }

  /// A table from its cells.
  init(participants: [String], methods: [String], targets: [String], cells: [Cell]) {
    self.participants = participants
    self.methods = methods
    self.targets = targets
    self.cells = cells
  }

  /// The mean score of each participant (rows) for each method (columns); `nil` where there is none.
  var participantMeans: [[Double?]] {
    var sums = [[(sum: Double, count: Int)]](
      repeating: Array(repeating: (0, 0), count: methods.count), count: participants.count)
    for cell in cells {
      sums[cell.participant][cell.method].sum += cell.score
      sums[cell.participant][cell.method].count += 1
    }
    return sums.map { $0.map { $0.count > 0 ? $0.sum / Double($0.count) : nil } }
  }

  private static func places(_ names: [String]) -> [String: Int] {
    Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
  }
}
