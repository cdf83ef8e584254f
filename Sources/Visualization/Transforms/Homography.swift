import Foundation

/// A projective map of the plane, by rows: (x, y) ↦ ((h₀x + h₁y + h₂)/w, (h₃x + h₄y + h₅)/w), w = h₆x + h₇y + h₈.
struct Homography: Sendable, Equatable {
  /// Four points of the plane.
  typealias Corners = InlineArray<4, SIMD2<Double>>

  /// Nine numbers by rows; not an array, for maps are drawn in each step, where nothing comes from the heap.
  var rows: InlineArray<9, Float>

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
  init?(from: Corners, to: Corners) {
    // Two equations a corner, nine numbers each.
    var system = InlineArray<8, InlineArray<9, Double>>(repeating: .init(repeating: 0))
    for corner in 0..<4 {
      let (a, b) = (from[corner], to[corner])
      system[2 * corner] = [a.x, a.y, 1, 0, 0, 0, -b.x * a.x, -b.x * a.y, b.x]
      system[2 * corner + 1] = [0, 0, 0, a.x, a.y, 1, -b.y * a.x, -b.y * a.y, b.y]
    }
    // Gauss–Jordan elimination with row pivots.
    for column in 0..<8 {
      var pivot = column
      for row in column..<8 where abs(system[row][column]) > abs(system[pivot][column]) { pivot = row }
      guard abs(system[pivot][column]) > 1e-9 else { return nil }
      system.swapAt(column, pivot)
      for row in 0..<8 where row != column {
        let factor = system[row][column] / system[column][column]
        for k in column..<9 { system[row][k] -= factor * system[column][k] }
      }
    }
    rows = .init(repeating: 1)
    for index in 0..<8 { rows[index] = Float(system[index][8] / system[index][index]) }
  }

  init(rows: InlineArray<9, Float>) { self.rows = rows }

  static func == (a: Homography, b: Homography) -> Bool {
    a.rows.indices.allSatisfy { a.rows[$0] == b.rows[$0] }
  }
}
