import Support

/// Permutations by a seed and a name: the same on every machine and in every version, and one more of them changes no other.
struct PlanShuffle {
  /// The plan's seed.
  let seed: UInt64

  /// The numbers 0..<count in an order that the name determines.
  func permutation(_ count: Int, _ name: String) -> [Int] {
    var numbers = Array(0..<count)
    // Fisher and Yates' shuffle, written out: the library's own may change.
    for last in stride(from: count - 1, to: 0, by: -1) {
      numbers.swapAt(last, number(below: last + 1, "\(name)/\(last)"))
    }
    return numbers
  }

  /// A number below a bound that the name determines.
  func number(below bound: Int, _ name: String) -> Int {
    // 60 bits: what is left of an even spread is below a part in 10¹⁵ for any bound that a study has.
    let digits = Digest.sha256("\(seed)/\(name)").prefix(15)
    return Int(digits, radix: 16).map { $0 % bound } ?? 0
  }

  /// Which of `count` variants a row gets: each block of `count` rows has all of them, in an order of its own.
  func variant(row: Int, of count: Int, _ name: String) -> Int {
    permutation(count, "\(name)/block \(row / count)")[row % count]
  }
}
