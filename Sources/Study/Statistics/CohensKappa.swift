/// The agreement of two series of answers beyond chance (Cohen 1960, 1968): two raters, or one rater who saw the same
/// trials twice.
public enum CohensKappa {
  /// How much a disagreement counts.
  public enum Weights: String, Codable, Sendable {
    /// Every disagreement alike.
    case none
    /// By the distance of the answers.
    case linear
    /// By its square.
    case quadratic
  }

  /// 1 for full agreement, 0 for that of chance. Answers are whole numbers: points of a scale, or codes of categories
  /// (then without weights).
  public static func value(_ first: [Int], _ second: [Int], weights: Weights = .none) throws(Undefined)
    -> Double
  {
    guard first.count == second.count, !first.isEmpty else { throw Undefined("no answer was given twice") }
    let (firsts, seconds) = (counts(first), counts(second))
    let observed = zip(first, second).reduce(0) { $0 + weight($1.0, $1.1, weights) }
    var expected = 0.0
    for (a, n) in firsts {
      for (b, m) in seconds { expected += weight(a, b, weights) * Double(n) * Double(m) }
    }
    expected /= Double(first.count)
    guard expected > 0 else { throw Undefined("all answers are the same") }
    return 1 - observed / expected
  }

  private static func counts(_ values: [Int]) -> [(Int, Int)] {
    Dictionary(values.map { ($0, 1) }, uniquingKeysWith: +).sorted { $0.key < $1.key }
  }

  private static func weight(_ a: Int, _ b: Int, _ weights: Weights) -> Double {
    let distance = Double(a) - Double(b)
    return switch weights {
    case .none: a == b ? 0 : 1
    case .linear: abs(distance)
    case .quadratic: distance * distance
    }
  }
}
