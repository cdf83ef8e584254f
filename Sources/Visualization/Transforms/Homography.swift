import Foundation

/// A projective map of the plane, by rows: (x, y) ↦ ((h₀x + h₁y + h₂)/w, (h₃x + h₄y + h₅)/w), w = h₆x + h₇y + h₈.
struct Homography: Sendable, Equatable {
  /// Nine numbers by rows.
  var rows: [Float]

  static let identity = Homography(rows: [1, 0, 0, 0, 1, 0, 0, 0, 1])

  /// The map x ↦ M(x − centre) + centre for a 2×2 matrix by rows.
  static func linear(_ m: (Double, Double, Double, Double), about centre: (x: Double, y: Double))
    -> Homography
  {
    Homography(rows: [
      Float(m.0), Float(m.1), Float(centre.x - m.0 * centre.x - m.1 * centre.y),
      Float(m.2), Float(m.3), Float(centre.y - m.2 * centre.x - m.3 * centre.y), 0, 0, 1,
    ])
  }

  /// The map that takes four points to four others; `nil` if three of them lie on a line.
  init?(from: [(x: Double, y: Double)], to: [(x: Double, y: Double)]) {
    var system: [[Double]] = []
    for (a, b) in zip(from, to) {
      system.append([a.x, a.y, 1, 0, 0, 0, -b.x * a.x, -b.x * a.y, b.x])
      system.append([0, 0, 0, a.x, a.y, 1, -b.y * a.x, -b.y * a.y, b.y])
    }
    // Gauss–Jordan elimination with row pivots.
    for column in 0..<8 {
      guard let pivot = (column..<8).max(by: { abs(system[$0][column]) < abs(system[$1][column]) }),
        abs(system[pivot][column]) > 1e-9
      else { return nil }
      system.swapAt(column, pivot)
      for row in 0..<8 where row != column {
        let factor = system[row][column] / system[column][column]
        for k in column..<9 { system[row][k] -= factor * system[column][k] }
      }
    }
    rows = (0..<8).map { Float(system[$0][8] / system[$0][$0]) } + [1]
  }

  init(rows: [Float]) { self.rows = rows }
}
