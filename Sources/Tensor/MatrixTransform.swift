import COpenBLAS

/// A plane's Fourier transform as two products with matrices of cosines and sines, by OpenBLAS: any size, in a time
/// that grows with the third power of it.
final class MatrixTransform: PlaneTransform {
  private let height: Int
  private let width: Int
  private let halfWidth: Int
  /// width × halfWidth: cosines and negative sines of a row's transform, side by side in memory.
  private let single: (cosines: Matrix, sines: Matrix)
  /// The same, with the columns that stand for two bins doubled.
  private let doubled: (cosines: Matrix, sines: Matrix)
  /// 2 height × 2 height: [[C, S], [-S, C]], which maps real above imaginary parts to their columns' transform.
  private let columns: Matrix
  /// 2 × height × halfWidth: a spectrum between the two passes.
  private let between: Matrix

  init(height: Int, width: Int) {
    let half = width / 2 + 1
    (self.height, self.width, halfWidth) = (height, width, half)
    let rows = { (pair: Double) in
      let factor = { (bin: Int) in bin == 0 || 2 * bin == width ? 1 : pair }
      return (
        cosines: Matrix(rows: width, columns: half) { Turn.cosine($0 * $1, width) * factor($1) },
        sines: Matrix(rows: width, columns: half) { -Turn.sine($0 * $1, width) * factor($1) }
      )
    }
    (single, doubled) = (rows(1), rows(2))
    columns = Matrix(rows: 2 * height, columns: 2 * height) { row, column in
      let (u, y) = (row % height, column % height)
      if (row < height) == (column < height) { return Turn.cosine(u * y, height) }
      return row < height ? Turn.sine(u * y, height) : -Turn.sine(u * y, height)
    }
    between = Matrix(rows: 2 * height, columns: half) { _, _ in 0 }
  }

  /// Rows, then columns.
  func analyze(
    _ picture: UnsafePointer<Float>, scale: Float, isDoubled: Bool, into spectrum: UnsafeMutablePointer<Float>
  ) {
    let rows = isDoubled ? doubled : single
    let plane = height * halfWidth
    multiply(height, halfWidth, width, scale, picture, rows.cosines.values, between.values)
    multiply(height, halfWidth, width, scale, picture, rows.sines.values, between.values + plane)
    multiply(2 * height, halfWidth, 2 * height, 1, columns.values, between.values, spectrum)
  }

  /// Columns, then rows: the transpose of ``analyze``, product by product.
  func synthesize(
    _ spectrum: UnsafePointer<Float>, scale: Float, isDoubled: Bool, into picture: UnsafeMutablePointer<Float>
  ) {
    let rows = isDoubled ? doubled : single
    cblas_sgemm(
      CblasRowMajor, CblasTrans, CblasNoTrans, Int32(2 * height), Int32(halfWidth), Int32(2 * height), 1,
      columns.values, Int32(2 * height), spectrum, Int32(halfWidth), 0, between.values, Int32(halfWidth))
    addRows(of: between.values, times: rows.cosines, scale, keeping: 0, to: picture)
    addRows(of: between.values + height * halfWidth, times: rows.sines, scale, keeping: 1, to: picture)
  }

  /// target (height × width) = keeping · target + scale · part (height × halfWidth) · matrixᵀ.
  private func addRows(
    of part: UnsafePointer<Float>, times matrix: Matrix, _ scale: Float, keeping: Float,
    to target: UnsafeMutablePointer<Float>
  ) {
    cblas_sgemm(
      CblasRowMajor, CblasNoTrans, CblasTrans, Int32(height), Int32(width), Int32(halfWidth), scale, part,
      Int32(halfWidth), matrix.values, Int32(halfWidth), keeping, target, Int32(width))
  }

  /// result (rows × columns) = scale · left (rows × inner) · right (inner × columns), all row-major.
  private func multiply(
    _ rows: Int, _ columns: Int, _ inner: Int, _ scale: Float, _ left: UnsafePointer<Float>,
    _ right: UnsafePointer<Float>, _ result: UnsafeMutablePointer<Float>
  ) {
    cblas_sgemm(
      CblasRowMajor, CblasNoTrans, CblasNoTrans, Int32(rows), Int32(columns), Int32(inner), scale, left,
      Int32(inner), right, Int32(columns), 0, result, Int32(columns))
  }
}

/// Numbers at a fixed address, filled once.
private final class Matrix {
  let values: UnsafeMutablePointer<Float>

  init(rows: Int, columns: Int, _ value: (_ row: Int, _ column: Int) -> Double) {
    values = .allocate(capacity: rows * columns)
    for row in 0..<rows {
      for column in 0..<columns {
        (values + row * columns + column).initialize(to: Float(value(row, column)))
      }
    }
  }

  deinit { values.deallocate() }
}
