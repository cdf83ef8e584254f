/// The basis in which the colours of natural pictures are uncorrelated (Olah et al. 2017, from Lucid).
enum ColourBasis {
  /// By rows R, G, B: the column vectors are luminance, red against blue, and green against magenta; divided by
  /// the greatest column norm, 0.46195.
  static let matrix: [Float] = [
    0.562829, 0.194825, 0.043295,
    0.584476, 0, -0.108236,
    0.584476, -0.194825, 0.064942,
  ]

  /// matrix⁻¹, by rows, for starting from a given picture.
  static let inverse: [Float] = {
    let m = matrix.map(Double.init)
    func minor(_ r0: Int, _ c0: Int, _ r1: Int, _ c1: Int) -> Double {
      m[3 * r0 + c0] * m[3 * r1 + c1] - m[3 * r0 + c1] * m[3 * r1 + c0]
    }
    let determinant = m[0] * minor(1, 1, 2, 2) - m[1] * minor(1, 0, 2, 2) + m[2] * minor(1, 0, 2, 1)
    var rows: [Float] = []
    for row in 0..<3 {
      for column in 0..<3 {
        let (a, b) = ((column + 1) % 3, (column + 2) % 3)
        let (c, d) = ((row + 1) % 3, (row + 2) % 3)
        rows.append(Float((m[3 * a + c] * m[3 * b + d] - m[3 * a + d] * m[3 * b + c]) / determinant))
      }
    }
    return rows
  }()

  /// Turns red, green and blue planes of `area` numbers into uncorrelated ones, in place.
  static func decorrelate(_ planes: inout [Float], area: Int) {
    let m = inverse
    for i in 0..<area {
      let (r, g, b) = (planes[i], planes[area + i], planes[2 * area + i])
      for k in 0..<3 { planes[k * area + i] = m[3 * k] * r + m[3 * k + 1] * g + m[3 * k + 2] * b }
    }
  }
}
