/// The dominance of Cliff (1993): how much more often a number of one list is above one of the other than below.
public enum CliffsDelta {
  /// P(a > b) − P(a < b) over all pairs, in [−1, 1].
  public static func value(_ a: [Double], _ b: [Double]) throws(Undefined) -> Double {
    guard !a.isEmpty, !b.isEmpty else { throw Undefined("one of the lists is empty") }
    guard a.allSatisfy(\.isFinite), b.allSatisfy(\.isFinite) else {
      throw Undefined("a value is no finite number")
    }
    let sorted = b.sorted()
    var difference = 0
    for value in a {
      let below = prefix(of: sorted) { $0 < value }
      let above = sorted.count - prefix(of: sorted) { $0 <= value }
      difference += below - above
    }
    return Double(difference) / (Double(a.count) * Double(b.count))
  }

  /// How many numbers of a sorted list, from its start, meet a condition that holds for a start only.
  private static func prefix(of sorted: [Double], _ holds: (Double) -> Bool) -> Int {
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if holds(sorted[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
