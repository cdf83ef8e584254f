/// Finds what a user probably meant by a word that isn't known.
public enum Suggestion {
  /// The known words nearest to `word`, best first, at most `limit`; empty if none is near enough to help.
  public static func nearest(to word: String, among known: some Sequence<String>, limit: Int = 3) -> [String]
  {
    let wanted = Array(word.lowercased().utf8)
    let tolerance = max(1, wanted.count / 3)
    return
      known
      .map { (word: $0, distance: distance(wanted, Array($0.lowercased().utf8), bound: tolerance)) }
      .filter { $0.distance <= tolerance }
      .sorted { ($0.distance, $0.word) < ($1.distance, $1.word) }
      .prefix(limit).map(\.word)
  }

  /// `; did you mean "vital"?`, or nothing if no known word is near.
  public static func clause(for word: String, among known: some Sequence<String>) -> String {
    let words = nearest(to: word, among: known).map { "\"\($0)\"" }
    return words.isEmpty ? "" : "; did you mean \(words.joined(separator: " or "))?"
  }

  /// The optimal string alignment distance (insertions, deletions, substitutions, swaps of neighbours).
  private static func distance(_ a: [UInt8], _ b: [UInt8], bound: Int) -> Int {
    guard abs(a.count - b.count) <= bound else { return bound + 1 }
    guard !a.isEmpty, !b.isEmpty else { return max(a.count, b.count) }
    var beforeLast: [Int] = []
    var last = Array(0...b.count)
    for i in 1...a.count {
      var row = [i] + [Int](repeating: 0, count: b.count)
      for j in 1...b.count {
        let cost = a[i - 1] == b[j - 1] ? 0 : 1
        row[j] = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + cost)
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
          row[j] = min(row[j], beforeLast[j - 2] + 1)
        }
      }
      (beforeLast, last) = (last, row)
    }
    return last[b.count]
  }
}
