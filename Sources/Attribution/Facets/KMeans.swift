import Tensor

/// Clusters of rows of numbers by k-means: begun by k-means++ (Arthur & Vassilvitskii 2007), improved by Lloyd's steps
/// until nothing moves, several times over, the closest of which is kept.
///
/// The same seed gives the same clusters. No cluster is empty: one that has lost all its rows takes the row that is
/// farthest from its own centre, from a cluster that has others.
struct KMeans: Sendable, Equatable {
  /// For each row the number of its cluster.
  let assignment: [Int]
  /// k × columns: the means of the clusters.
  let centres: [Float]
  /// Σ of squared distances of rows from their centres.
  let inertia: Double

  /// Finds `count` clusters of at least as many rows of `columns` numbers.
  init(
    _ rows: [Float], columns: Int, count: Int, seed: UInt64, restarts: Int = 10, limit: Int = 100
  ) {
    precondition(columns > 0 && rows.count % columns == 0, "rows have as many numbers as there are columns")
    precondition(
      (1...max(1, rows.count / columns)).contains(count), "there are at least as many rows as clusters")
    var random = RandomSource(seed: seed, label: "k-means")
    var best: KMeans?
    for _ in 0..<max(1, restarts) {
      var run = Run(rows: rows, columns: columns, count: count, random: &random)
      run.improve(limit: limit)
      if best.map({ run.inertia < $0.inertia }) ?? true {
        best = KMeans(assignment: run.assignment, centres: run.centres, inertia: run.inertia)
      }
    }
    self = best ?? KMeans(assignment: [], centres: [], inertia: 0)
  }

  private init(assignment: [Int], centres: [Float], inertia: Double) {
    self.assignment = assignment
    self.centres = centres
    self.inertia = inertia
  }

  /// The rows of a cluster, nearest to its centre first; of equal ones the earlier.
  func members(of cluster: Int, rows: [Float], columns: Int) -> [Int] {
    assignment.indices.filter { assignment[$0] == cluster }
      .map { (row: $0, distance: Self.distance(rows, $0, centres, cluster, columns)) }
      .sorted { ($0.distance, $0.row) < ($1.distance, $1.row) }.map(\.row)
  }

  /// The squared distance of a row from a row of other numbers.
  fileprivate static func distance(_ a: [Float], _ row: Int, _ b: [Float], _ other: Int, _ columns: Int)
    -> Double
  {
    var sum = 0.0
    for column in 0..<columns {
      let difference = Double(a[row * columns + column]) - Double(b[other * columns + column])
      sum += difference * difference
    }
    return sum
  }
}

/// One run of Lloyd's steps.
private struct Run {
  let rows: [Float]
  let columns: Int
  let count: Int
  var centres: [Float] = []
  var assignment: [Int]
  /// The squared distance of each row from its centre.
  var distances: [Double]

  var inertia: Double { distances.reduce(0, +) }

  /// Draws the first centres: each row with a chance in proportion to its squared distance from those before it.
  init(rows: [Float], columns: Int, count: Int, random: inout RandomSource) {
    self.rows = rows
    self.columns = columns
    self.count = count
    let total = rows.count / columns
    assignment = [Int](repeating: 0, count: total)
    distances = [Double](repeating: .infinity, count: total)
    var next = random.integer(in: 0...total - 1)
    while true {
      centres += rows[next * columns..<(next + 1) * columns]
      let number = centres.count / columns - 1
      for row in 0..<total {
        distances[row] = min(distances[row], KMeans.distance(rows, row, centres, number, columns))
      }
      guard number + 1 < count else { break }
      let sum = distances.reduce(0, +)
      var left = Double(random.uniform()) * sum
      // Where all rows stand on a centre, any will do; ``fill`` sees that each cluster gets one.
      next = sum > 0 ? total - 1 : random.integer(in: 0...total - 1)
      for row in 0..<total where sum > 0 {
        left -= distances[row]
        if left < 0, distances[row] > 0 {
          next = row
          break
        }
      }
    }
  }

  mutating func improve(limit: Int) {
    var former: [Int]?
    for _ in 0..<limit {
      assign()
      fill()
      if assignment == former { break }
      former = assignment
      average()
    }
    for row in assignment.indices {
      distances[row] = KMeans.distance(rows, row, centres, assignment[row], columns)
    }
  }

  /// Each row to its nearest centre; of equally near ones to the first.
  private mutating func assign() {
    for row in assignment.indices {
      distances[row] = .infinity
      for cluster in 0..<count {
        let distance = KMeans.distance(rows, row, centres, cluster, columns)
        if distance < distances[row] { (distances[row], assignment[row]) = (distance, cluster) }
      }
    }
  }

  /// Gives each empty cluster the row farthest from its own centre.
  private mutating func fill() {
    var sizes = [Int](repeating: 0, count: count)
    for cluster in assignment { sizes[cluster] += 1 }
    for cluster in 0..<count where sizes[cluster] == 0 {
      let candidates = assignment.indices.filter { sizes[assignment[$0]] > 1 }
      guard let row = candidates.max(by: { (distances[$0], $1) < (distances[$1], $0) }) else { return }
      sizes[assignment[row]] -= 1
      sizes[cluster] = 1
      (assignment[row], distances[row]) = (cluster, 0)
    }
  }

  private mutating func average() {
    var sums = [Double](repeating: 0, count: count * columns)
    var sizes = [Double](repeating: 0, count: count)
    for (row, cluster) in assignment.enumerated() {
      sizes[cluster] += 1
      for column in 0..<columns { sums[cluster * columns + column] += Double(rows[row * columns + column]) }
    }
    centres = sums.indices.map { Float(sums[$0] / max(1, sizes[$0 / columns])) }
  }
}
