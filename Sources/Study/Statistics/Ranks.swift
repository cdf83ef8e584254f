/// The ranks of numbers from 1, equal numbers sharing the mean of their ranks.
struct Ranks {
  /// The rank of each number, in the order given.
  let values: [Double]
  /// How many numbers there are of each value that occurs more than once.
  let ties: [Int]

  /// Ranks finite numbers.
  init(_ numbers: [Double]) {
    let order = numbers.indices.sorted { numbers[$0] < numbers[$1] }
    var ranks = [Double](repeating: 0, count: numbers.count)
    var ties: [Int] = []
    var start = 0
    while start < order.count {
      var end = start + 1
      while end < order.count, numbers[order[end]] == numbers[order[start]] { end += 1 }
      for place in start..<end { ranks[order[place]] = Double(start + 1 + end) / 2 }
      if end - start > 1 { ties.append(end - start) }
      start = end
    }
    values = ranks
    self.ties = ties
  }

  /// Σ(t³ − t) over groups of t equal numbers, by which tests correct the variance of ranks.
  var tieSum: Double {
    ties.reduce(0) { $0 + Double($1) * (Double($1) * Double($1) - 1) }
  }
}
