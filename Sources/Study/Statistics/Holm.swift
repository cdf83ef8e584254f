/// The step-down correction of Holm (1979) for several tests.
public enum Holm {
  /// Corrected p-values in the order given: below 0.05, a test stands with a chance of at most 0.05 that any false one
  /// does.
  public static func correct(_ p: [Double]) -> [Double] {
    var corrected = p
    var highest = 0.0
    for (place, index) in p.indices.sorted(by: { p[$0] < p[$1] }).enumerated() {
      highest = max(highest, min(1, p[index] * Double(p.count - place)))
      corrected[index] = highest
    }
    return corrected
  }
}
