/// Slips of the keyboard: letters left out, doubled, exchanged with a neighbour or mistaken.
enum Spelling {
  /// How many slips a word of some length may have: none below four letters, where almost anything is another word.
  static func tolerance(_ count: Int) -> Int { count < 4 ? 0 : count < 8 ? 1 : 2 }

  /// The number of slips between two words (optimal string alignment), or `nil` if there are more than `limit`.
  static func slips(_ a: [UInt8], _ b: [UInt8], limit: Int) -> Int? {
    guard abs(a.count - b.count) <= limit else { return nil }
    guard !a.isEmpty, !b.isEmpty else { return max(a.count, b.count) }
    var beforeLast: [Int] = []
    var last = Array(0...b.count)
    for i in 1...a.count {
      var row = [i]
      row.reserveCapacity(b.count + 1)
      var least = i
      for j in 1...b.count {
        var slips = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
          slips = min(slips, beforeLast[j - 2] + 1)
        }
        row.append(slips)
        least = min(least, slips)
      }
      if least > limit { return nil }
      (beforeLast, last) = (last, row)
    }
    return last[b.count] <= limit ? last[b.count] : nil
  }
}
