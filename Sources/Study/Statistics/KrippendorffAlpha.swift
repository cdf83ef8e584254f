/// The agreement of any number of raters, some of whose answers may be missing (Krippendorff 2011, "Computing
/// Krippendorff's alpha-reliability").
public enum KrippendorffAlpha {
  /// What the numbers mean, and so how far two of them are apart.
  public enum Level: String, Codable, Sendable {
    /// Codes of categories.
    case nominal
    /// Points of a scale, of which only the order counts.
    case ordinal
    /// Numbers whose differences count.
    case interval
  }

  /// 1 for full agreement, 0 for that of chance, less for systematic disagreement. A row for each unit that was rated,
  /// with the ratings that it got, by whomever; units with fewer than two say nothing and are left out.
  public static func value(_ units: [[Double?]], level: Level) throws(Undefined) -> Double {
    let rated = units.map { $0.compactMap { $0 } }.filter { $0.count > 1 }
    guard rated.allSatisfy({ $0.allSatisfy(\.isFinite) }) else {
      throw Undefined("a rating is no finite number")
    }
    guard !rated.isEmpty else { throw Undefined("nothing was rated twice") }
    let values = Set(rated.joined()).sorted()
    guard values.count > 1 else { throw Undefined("all ratings are the same") }
    let place = Dictionary(values.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    var totals = [Double](repeating: 0, count: values.count)
    for rating in rated.joined() { totals[place[rating] ?? 0] += 1 }
    let distance = distances(values, totals, level)

    var observed = 0.0
    for unit in rated {
      let places = unit.map { place[$0] ?? 0 }
      var sum = 0.0
      for (index, a) in places.enumerated() {
        for b in places[..<index] { sum += distance(a, b) }
      }
      observed += 2 * sum / Double(unit.count - 1)
    }
    let count = totals.reduce(0, +)
    var expected = 0.0
    for a in values.indices {
      for b in 0..<a { expected += 2 * totals[a] * totals[b] * distance(a, b) }
    }
    expected /= count - 1
    let alpha = 1 - observed / expected
    guard alpha.isFinite else { throw Undefined("the ratings are too large") }
    return alpha
  }

  /// The squared distance of two values by their places in the sorted list.
  private static func distances(_ values: [Double], _ totals: [Double], _ level: Level) -> (Int, Int) ->
    Double
  {
    switch level {
    case .nominal: return { $0 == $1 ? 0 : 1 }
    case .interval: return { (values[$0] - values[$1]) * (values[$0] - values[$1]) }
    case .ordinal:
      // Half of the ratings of a value lie below its middle: values are as far apart as the ratings between them.
      var (below, middles) = (0.0, [Double]())
      for total in totals {
        middles.append(below + total / 2)
        below += total
      }
      return { (middles[$0] - middles[$1]) * (middles[$0] - middles[$1]) }
    }
  }
}
