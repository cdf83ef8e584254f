/// Our work and the peer's in turn, so that both meet the same neighbours on a shared machine.
struct SideBySide {
  /// At most so many rounds.
  let rounds: Int
  /// No new round begins after so many milliseconds.
  private static let longest = 60e3
  /// A peer's first round that takes longer says enough by itself; a shorter one only warms up.
  private static let warmUp = 20e3

  /// What was measured.
  struct Outcome {
    /// Medians of our pieces of work.
    let ours: [Sample]
    /// The peer's fastest setting, by the clock.
    let best: (name: String, sample: Sample)?
    /// How many rounds count.
    let rounds: Int
  }

  /// Runs all pieces of work and each of the peer's settings once a round.
  func run(_ work: [() throws -> Void], beside peer: Peer?) throws -> Outcome {
    var ours = work.map { _ in [Sample]() }
    var theirs: [String: [Sample]] = [:]
    func round() throws -> Double {
      var total = 0.0
      for (index, step) in work.enumerated() {
        let sample = try Sample.measure(step)
        ours[index].append(sample)
        total += sample.wall
      }
      for (setting, sample) in try peer?.round() ?? [:] {
        theirs[setting, default: []].append(sample)
        total += sample.wall
      }
      return total
    }
    for step in work { try step() }
    var spent = try round()
    if spent < Self.warmUp {
      (ours, theirs, spent) = (work.map { _ in [] }, [:], 0)
    }
    while (ours.first?.count ?? rounds) < rounds, spent < Self.longest { spent += try round() }
    let best = theirs.mapValues(Sample.median).min { $0.value.wall < $1.value.wall }
    return Outcome(
      ours: ours.map(Sample.median), best: best.map { ($0.key, $0.value) }, rounds: ours.first?.count ?? 0)
  }
}
