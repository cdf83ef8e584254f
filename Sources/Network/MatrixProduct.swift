import CKernels
import COpenBLAS

/// C = A·B or A·Bᵀ, plus C, by OpenBLAS, whose kernels read weights of any stride at full speed (oneDNN's lose half
/// of theirs on strides that are powers of two). Each thread computes its share of columns; the split is ours, so
/// that all libraries run on one set of threads and a run gives the same bits every time.
final class MatrixProduct {
  private let (rows, columns, depth): (Int, Int, Int)
  private let a: UnsafePointer<Float>
  private let b: UnsafePointer<Float>
  private let transposed: Bool
  private let c: UnsafeMutablePointer<Float>
  private let accumulate: Bool
  private var tasks = 1

  /// Row-major A (rows×depth), B (depth×columns, or columns×depth if `transposed`) and C (rows×columns).
  init(
    rows: Int, columns: Int, depth: Int, a: UnsafePointer<Float>, b: UnsafePointer<Float>, transposed: Bool,
    c: UnsafeMutablePointer<Float>, accumulate: Bool
  ) {
    (self.rows, self.columns, self.depth) = (rows, columns, depth)
    (self.a, self.b, self.c) = (a, b, c)
    self.transposed = transposed
    self.accumulate = accumulate
  }

  func run() {
    // Below some 10⁵ products a second thread costs more than it saves.
    tasks = rows * columns * depth < 200_000 ? 1 : Int(vitrine_threads())
    vitrine_parallel(
      Int32(tasks),
      { task, shared in
        if let shared { Unmanaged<MatrixProduct>.fromOpaque(shared).takeUnretainedValue().share(Int(task)) }
      }, Unmanaged.passUnretained(self).toOpaque())
  }

  private func share(_ task: Int) {
    let size = (columns + tasks * 16 - 1) / (tasks * 16) * 16
    let first = min(task * size, columns)
    let count = min(size, columns - first)
    guard count > 0 else { return }
    cblas_sgemm(
      CblasRowMajor, CblasNoTrans, transposed ? CblasTrans : CblasNoTrans, Int32(rows), Int32(count),
      Int32(depth), 1, a, Int32(depth), transposed ? b + first * depth : b + first,
      Int32(transposed ? depth : columns), accumulate ? 1 : 0, c + first, Int32(columns))
  }
}
