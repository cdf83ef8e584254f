import COpenBLAS

/// A non-negative matrix as a product of two thin ones: A (rows × columns) ≈ U (rows × rank) · W (rank × columns), all
/// of them ≥ 0, with the least sum of squared differences.
///
/// Cyclic coordinate descent, column after column of U, then of W (hierarchical alternating least squares, Cichocki &
/// Phan 2009; scikit-learn's `solver="cd"`), from random numbers scaled to A's mean. It ends when the projected
/// gradient has shrunk to `tolerance` times that of the first sweep.
public struct NonnegativeFactorization: Sendable {
  /// Rows of A and U.
  public let rows: Int
  /// Columns of A and W.
  public let columns: Int
  /// Columns of U and rows of W.
  public let rank: Int
  /// U, rows × rank, row-major.
  public private(set) var left: [Float]
  /// W, rank × columns, row-major.
  public private(set) var right: [Float]
  /// The square root of the summed squared differences between A and U·W.
  public let error: Double
  /// The square root of A's summed squares.
  public let norm: Double
  /// How many sweeps over U and W were made.
  public let iterations: Int

  /// The part of A's energy that U·W explains: 1 - error² / norm².
  public var explained: Double { norm > 0 ? 1 - error * error / (norm * norm) : 1 }

  /// Factorizes a matrix of rows × columns numbers ≥ 0, row-major, in at most `limit` sweeps.
  public init(
    _ matrix: [Float], rows: Int, rank: Int, seed: UInt64, tolerance: Double = 1e-4, limit: Int = 400
  ) {
    self.init(matrix, rows: rows, rank: rank, seed: seed, tolerance: tolerance, limit: limit) { _ in }
  }

  /// The same; `progress` takes the number of sweeps made, and ends the work by throwing.
  public init(
    _ matrix: [Float], rows: Int, rank: Int, seed: UInt64, tolerance: Double = 1e-4, limit: Int = 400,
    progress: (Int) throws -> Void
  ) rethrows {
    precondition(rows > 0 && rank > 0 && matrix.count % rows == 0, "a matrix has whole rows")
    let columns = matrix.count / rows
    var random = RandomSource(seed: seed, label: "nonnegative factorization")
    let sum = matrix.reduce(0.0) { $0 + Double($1) }
    let scale = Float((sum / Double(max(1, matrix.count)) / Double(rank)).squareRoot())
    var left = (0..<rows * rank).map { _ in scale * abs(random.normal()) }
    // W is kept transposed, columns × rank, so that both factors are swept alike.
    var right = (0..<columns * rank).map { _ in scale * abs(random.normal()) }
    var first = 0.0
    var done = 0
    while done < limit {
      var violation = Self.sweep(
        &left, Self.product(matrix, right, rows, columns, rank, transposed: false), gram: right, rank)
      violation += Self.sweep(
        &right, Self.product(matrix, left, rows, columns, rank, transposed: true), gram: left, rank)
      done += 1
      try progress(done)
      if done == 1 { first = violation }
      if violation <= tolerance * first { break }
    }
    self.rows = rows
    self.columns = columns
    self.rank = rank
    iterations = done
    norm = matrix.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
    error = Self.distance(matrix, left, right, rows, columns, rank)
    self.left = left
    self.right = Self.transposed(right, columns, rank)
  }

  /// The non-negative combination of W's rows nearest to each row of a matrix: as many × rank numbers.
  public func encode(_ matrix: [Float], tolerance: Double = 1e-6, limit: Int = 1000) -> [Float] {
    Self.encode(matrix, in: right, rank: rank, columns: columns, tolerance: tolerance, limit: limit)
  }

  /// The non-negative combination of some directions (rank × columns) nearest to each row of a matrix: as many × rank
  /// numbers.
  public static func encode(
    _ matrix: [Float], in right: [Float], rank: Int, columns: Int, tolerance: Double = 1e-6, limit: Int = 1000
  ) -> [Float] {
    guard columns > 0, rank > 0, !matrix.isEmpty else { return [] }
    let count = matrix.count / columns
    let turned = transposed(right, rank, columns)
    let cross = product(matrix, turned, count, columns, rank, transposed: false)
    var codes = [Float](repeating: 0, count: count * rank)
    var first = 0.0
    for step in 0..<limit {
      let violation = sweep(&codes, cross, gram: turned, rank)
      if step == 0 { first = violation }
      if violation <= tolerance * first { break }
    }
    return codes
  }

  /// Scales W's rows to unit length and U's columns to match, so that W's rows are directions and U says how much of
  /// each there is. A row of zeros stays.
  public mutating func normalize() {
    for k in 0..<rank {
      let row = k * columns..<(k + 1) * columns
      let length = right[row].reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
      guard length > 0 else { continue }
      for index in row { right[index] = Float(Double(right[index]) / length) }
      for index in stride(from: k, to: rows * rank, by: rank) {
        left[index] = Float(Double(left[index]) * length)
      }
    }
  }
}

extension NonnegativeFactorization {
  /// One step of coordinate descent on every number of `factor` (n × rank), the least squares of whose row x are
  /// xᵀ G x / 2 - crossᵀ x with G the other factor's Gram matrix. Returns the summed projected gradient before.
  private static func sweep(_ factor: inout [Float], _ cross: [Float], gram other: [Float], _ rank: Int)
    -> Double
  {
    let count = other.count / rank
    var gram = [Float](repeating: 0, count: rank * rank)
    cblas_sgemm(
      CblasRowMajor, CblasTrans, CblasNoTrans, Int32(rank), Int32(rank), Int32(count), 1, other, Int32(rank),
      other,
      Int32(rank), 0, &gram, Int32(rank))
    var violation = 0.0
    factor.withUnsafeMutableBufferPointer { factor in
      cross.withUnsafeBufferPointer { cross in
        gram.withUnsafeBufferPointer { gram in
          for start in stride(from: 0, to: factor.count, by: rank) {
            for k in 0..<rank {
              var slope = -cross[start + k]
              for l in 0..<rank { slope += gram[k * rank + l] * factor[start + l] }
              let old = factor[start + k]
              violation += Double(old == 0 ? abs(min(0, slope)) : abs(slope))
              let curvature = gram[k * rank + k]
              if curvature > 0 { factor[start + k] = max(0, old - slope / curvature) }
            }
          }
        }
      }
    }
    return violation
  }

  /// A · other (other: columns × rank), or Aᵀ · other (other: rows × rank).
  private static func product(
    _ matrix: [Float], _ other: [Float], _ rows: Int, _ columns: Int, _ rank: Int, transposed: Bool
  ) -> [Float] {
    var result = [Float](repeating: 0, count: (transposed ? columns : rows) * rank)
    cblas_sgemm(
      CblasRowMajor, transposed ? CblasTrans : CblasNoTrans, CblasNoTrans, Int32(transposed ? columns : rows),
      Int32(rank), Int32(transposed ? rows : columns), 1, matrix, Int32(columns), other, Int32(rank), 0,
      &result,
      Int32(rank))
    return result
  }

  /// ‖A - U Wᵀᵀ‖, with W transposed (columns × rank).
  private static func distance(
    _ matrix: [Float], _ left: [Float], _ right: [Float], _ rows: Int, _ columns: Int, _ rank: Int
  ) -> Double {
    var rest = matrix
    cblas_sgemm(
      CblasRowMajor, CblasNoTrans, CblasTrans, Int32(rows), Int32(columns), Int32(rank), -1, left,
      Int32(rank), right,
      Int32(rank), 1, &rest, Int32(columns))
    return rest.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
  }

  private static func transposed(_ matrix: [Float], _ rows: Int, _ columns: Int) -> [Float] {
    var result = [Float](repeating: 0, count: matrix.count)
    for row in 0..<rows {
      for column in 0..<columns { result[column * rows + row] = matrix[row * columns + column] }
    }
    return result
  }
}
