/// How near the meanings of nouns are (Wu & Palmer 1994): twice the depth of what they have in common, over the sum of
/// their depths by way of it. Equal numbers as NLTK's `wup_similarity`.
extension WordNet {
  /// The similarity of two senses in (0, 1]; `nil` where they have nothing in common.
  func similarity(_ a: Sense, _ b: Sense) -> Double? {
    let (fromA, fromB) = (distances(a), distances(b))
    let common = fromA.keys.filter { fromB[$0] != nil }
    // The deepest by the shortest way to the root; of several the sense itself, else the first by name: NLTK's choice.
    guard let depth = common.map({ shortestDepths[$0] }).max() else { return nil }
    let deepest = common.filter { shortestDepths[$0] == depth }
    guard let subsumer = deepest.contains(a) ? a : deepest.min(by: { names[$0] < names[$1] }) else {
      return nil
    }
    let fromSubsumer = distances(subsumer)
    let top = longestDepths[subsumer] + 1
    let down = path(fromA, fromSubsumer) + path(fromB, fromSubsumer)
    return Double(2 * top) / Double(2 * top + down)
  }

  /// The similarity of two nouns: of the most similar pair of their senses.
  func similarity(_ first: String, _ second: String) -> Double? {
    guard let ofFirst = senses[first], let ofSecond = senses[second] else { return nil }
    if first == second { return 1 }
    var best: Double?
    for a in ofFirst {
      for b in ofSecond {
        if let value = similarity(a, b), value > best ?? 0 { best = value }
      }
    }
    return best
  }

  /// The fewest edges upwards from a sense to each more general one, itself included.
  private func distances(_ sense: Sense) -> [Sense: Int] {
    var distances = [sense: 0]
    var level = [sense]
    var distance = 0
    while !level.isEmpty {
      distance += 1
      var next: [Sense] = []
      for sense in level {
        for hypernym in hypernyms[sense] where distances[hypernym] == nil {
          distances[hypernym] = distance
          next.append(hypernym)
        }
      }
      level = next
    }
    return distances
  }

  /// The fewest edges between two senses over anything that is above both.
  private func path(_ a: [Sense: Int], _ b: [Sense: Int]) -> Int {
    a.compactMap { sense, distance in b[sense].map { distance + $0 } }.min() ?? 0
  }
}
