/// How well rows belong to their clusters: for each row (b − a)/max(a, b), where a is its mean distance from the others of
/// its cluster and b that from the nearest other cluster; 0 for a row that is alone (Rousseeuw 1987, "Silhouettes: a
/// graphical aid to the interpretation and validation of cluster analysis", J. Comput. Appl. Math. 20).
struct Silhouette {
  /// n×n Euclidean distances.
  private let distances: [Float]
  private let count: Int

  /// Measures the distances between rows of `columns` numbers.
  init(_ rows: [Float], columns: Int) {
    let count = rows.count / max(1, columns)
    var distances = [Float](repeating: 0, count: count * count)
    for a in 0..<count {
      for b in 0..<a {
        var sum: Float = 0
        for column in 0..<columns {
          let difference = rows[a * columns + column] - rows[b * columns + column]
          sum += difference * difference
        }
        distances[a * count + b] = sum.squareRoot()
        distances[b * count + a] = sum.squareRoot()
      }
    }
    self.distances = distances
    self.count = count
  }

  /// The mean over rows, from −1 to 1, for an assignment to at least two clusters.
  func mean(_ assignment: [Int]) -> Double {
    let clusters = (assignment.max() ?? -1) + 1
    guard clusters > 1, count > 0 else { return 0 }
    var sizes = [Double](repeating: 0, count: clusters)
    for cluster in assignment { sizes[cluster] += 1 }
    var sum = 0.0
    for row in 0..<count {
      var totals = [Double](repeating: 0, count: clusters)
      for other in 0..<count { totals[assignment[other]] += Double(distances[row * count + other]) }
      let own = assignment[row]
      guard sizes[own] > 1 else { continue }
      let inside = totals[own] / (sizes[own] - 1)
      let outside =
        (0..<clusters).filter { $0 != own && sizes[$0] > 0 }.map { totals[$0] / sizes[$0] }.min() ?? 0
      let greater = max(inside, outside)
      if greater > 0 { sum += (outside - inside) / greater }
    }
    return sum / Double(count)
  }
}
